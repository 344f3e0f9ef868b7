namespace LoopBus.Executor.Tests.Bus;

/// <summary>Dies once at the point that a test names.</summary>
internal sealed class CrashPoint : ICrashPoint
{
    private string? _point;

    public void DieOnceAt(string point) => _point = point;

    public void Pass(string point)
    {
        if (_point == point && Interlocked.Exchange(ref _point, null) is not null)
            throw new InvalidOperationException($"Died at {point}, as the test told it.");
    }
}
