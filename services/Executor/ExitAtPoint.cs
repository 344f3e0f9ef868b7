using System.Diagnostics;

namespace LoopBus.Executor;

/// <summary>
/// For tests of recovery with real processes: LoopBus:Executor:ExitAt, a point of a step's way and the number of times it is passed before ("after-call:2"),
/// ends this process there as kill -9 would.
/// </summary>
internal sealed class ExitAtPoint(string point, int after) : ICrashPoint
{
    private const string Setting = $"{ExecutorOptions.Section}:ExitAt";

    private int _left = after;

    public static ExitAtPoint? Configured(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
            return null;

        var parts = text.Split(':');
        var after = 0;
        return parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], out after))
            ? new ExitAtPoint(parts[0], after)
            : throw new InvalidOperationException($"{Setting} '{text}' is no point of a step's way: give its name, with :count or without.");
    }

    public void Pass(string reached)
    {
        if (reached == point && Interlocked.Decrement(ref _left) < 0)
            Process.GetCurrentProcess().Kill();
    }
}
