using System.Diagnostics;
using System.Globalization;

namespace LoopBus.Executor;

/// <summary>
/// For tests of recovery with real processes: LoopBus:Executor:ExitAt, a point of a step's way and the number of times it is passed before ("after-call:2"),
/// ends this process there as kill -9 would; with ":stop" after it, it stands still there until it is continued (SIGSTOP, SIGCONT).
/// </summary>
internal sealed class ExitAtPoint(string point, int after, bool stops) : ICrashPoint
{
    private const string Setting = $"{ExecutorOptions.Section}:ExitAt";

    private int _left = after;

    public static ExitAtPoint? Configured(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
            return null;

        var parts = text.Split(':');
        var after = 0;
        var stops = parts.Length == 3 && parts[2] == "stop";
        return parts.Length == 1 || ((parts.Length == 2 || stops) && int.TryParse(parts[1], out after))
            ? new ExitAtPoint(parts[0], after, stops)
            : throw new InvalidOperationException($"{Setting} '{text}' is no point of a step's way: give its name, with :count or :count:stop after it, or without.");
    }

    public void Pass(string reached)
    {
        if (reached != point || Interlocked.Decrement(ref _left) != -1)
            return;
        if (!stops)
            Process.GetCurrentProcess().Kill();
        using var stop = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        stop.WaitForExit();
    }
}
