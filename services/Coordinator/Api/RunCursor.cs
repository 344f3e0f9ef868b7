using System.Globalization;
using System.Text;

namespace LoopBus.Coordinator.Api;

/// <summary>Where a page of runs ended: opaque to callers.</summary>
internal sealed record RunCursor(DateTimeOffset StartedAt, string TaskId)
{
    public static string Of(RunState run) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{run.StartedAt:O}|{run.TaskId}"));

    public static bool TryRead(string? text, out RunCursor? cursor)
    {
        cursor = null;
        if (text is null)
            return true;

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count))
            return false;

        var parts = Encoding.UTF8.GetString(bytes, 0, count).Split('|', 2);
        if (parts.Length != 2 || !DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at))
            return false;

        cursor = new RunCursor(at, parts[1]);

        return true;
    }
}
