namespace LoopBus.Executor;

/// <summary>Where a process may die at the worst moment; a test throws here, production passes.</summary>
internal interface ICrashPoint
{
    void Pass(string point);
}
