namespace LoopBus.Persistence.Retention;

/// <summary>How long a service keeps what it is done with (section LoopBus:Retention).</summary>
public sealed class RetentionOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "LoopBus:Retention";

    /// <summary>
    /// How long after its end a run, its history, its questions and its dead letters are kept; effects and journals are kept twice as long. On PostgreSQL
    /// a run may wait 45 days longer for the month that it ended in.
    /// </summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often older rows are looked for.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many are removed in one transaction.</summary>
    public int BatchSize { get; set; } = 200;

    internal IEnumerable<string> Problems(TimeSpan inbox)
    {
        if (Period < inbox)
            yield return $"{Section}:Period ({Period}) must not be shorter than {PersistenceOptions.Section}:InboxRetention ({inbox}): a late duplicate would find nothing of its run.";
        if (Interval <= TimeSpan.Zero || Interval > TimeSpan.FromDays(30))
            yield return $"{Section}:Interval ({Interval}) must be positive and at most 30 days.";
        if (BatchSize is < 1 or > 10_000)
            yield return $"{Section}:BatchSize ({BatchSize}) must be from 1 to 10000.";
    }
}
