namespace LoopBus.Executor;

internal sealed class NoCrash : ICrashPoint
{
    public void Pass(string point)
    {
    }
}
