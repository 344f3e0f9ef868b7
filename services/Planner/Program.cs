namespace LoopBus.Planner;

internal static class Program
{
    private static void Main()
    {
    }
}
