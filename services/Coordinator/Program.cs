namespace LoopBus.Coordinator;

internal static class Program
{
    private static void Main()
    {
    }
}
