namespace LoopBus.Critic;

internal static class Program
{
    private static void Main()
    {
    }
}
