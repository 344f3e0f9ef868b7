using System.Globalization;

namespace LoopBus.Hosting;

/// <summary>
/// For tests of clocks that are set: the system's time, moved by the seconds that a file holds (LoopBus:ClockOffsetFile); 0 where there is none. How long
/// something takes is measured by the steady clock, which nobody sets.
/// </summary>
internal sealed class MovedClock(string file) : TimeProvider
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    private volatile Reading? latest;

    public override DateTimeOffset GetUtcNow()
    {
        var reading = latest;
        if (reading is null || System.GetElapsedTime(reading.At) > Freshness)
            latest = reading = new Reading(Read(), System.GetTimestamp());
        return System.GetUtcNow() + reading.Offset;
    }

    private TimeSpan Read() =>
        File.Exists(file) && double.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;

    private sealed record Reading(TimeSpan Offset, long At);
}
