using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LoopBus.Persistence;

/// <summary>
/// For tests of recovery with real processes: a setting with the name of a point and the number of times it is passed before ("AfterCommit:2") ends this
/// process there as kill -9 would; with ":stop" after it, it stands still there until it is continued (SIGSTOP, SIGCONT). It says so first, on standard error.
/// </summary>
public sealed class ExitOrder
{
    /// <summary>What comes before the point's name in the line that the process leaves.</summary>
    public const string Mark = "exit-order";

    private readonly string point;
    private readonly bool stops;
    private int left;

    private ExitOrder(string point, int after, bool stops) => (this.point, left, this.stops) = (point, after, stops);

    /// <summary>The order that the setting gives, or null where it gives none.</summary>
    public static ExitOrder? Configured(IConfiguration configuration, string setting, IReadOnlyCollection<string> points)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(points);
        if (configuration[setting] is not { Length: > 0 } text)
            return null;
        var parts = text.Split(':');
        var after = 0;
        var still = parts.Length == 3 && parts[2] == "stop";
        return points.Contains(parts[0]) && (parts.Length == 1 || ((parts.Length == 2 || still) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out after)))
            ? new ExitOrder(parts[0], after, still)
            : throw new InvalidOperationException($"{setting} '{text}' is no point: give {string.Join(", ", points)}, with :count or :count:stop after it, or without.");
    }

    /// <summary>The process has come to this point.</summary>
    public void Pass(string reached)
    {
        if (reached != point || Interlocked.Decrement(ref left) != -1)
            return;
        // Not logged: a logger writes later, and there is no later.
        Console.Error.WriteLine($"{Mark} {point}");
        if (!stops)
            Process.GetCurrentProcess().Kill();
        using var stop = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        stop.WaitForExit();
    }
}
