namespace LoopBus.Coordinator.History;

/// <summary>A part of the history: the acts from its beginning until, and without, its end; the first part may have no beginning.</summary>
internal sealed record HistoryMonth(string Name, DateTimeOffset Begin, DateTimeOffset End)
{
    /// <summary>The month of this time, in UTC.</summary>
    public static HistoryMonth Of(DateTimeOffset time)
    {
        var begin = new DateTimeOffset(time.UtcDateTime.Year, time.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new HistoryMonth($"run_history_{begin:yyyy_MM}", begin, begin.AddMonths(1));
    }
}
