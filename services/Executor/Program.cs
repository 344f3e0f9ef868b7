namespace LoopBus.Executor;

internal static class Program
{
    private static void Main()
    {
    }
}
