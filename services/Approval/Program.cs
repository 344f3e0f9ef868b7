namespace LoopBus.Approval;

internal static class Program
{
    private static void Main()
    {
    }
}
