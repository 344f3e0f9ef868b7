namespace LoopBus.Approval.Auditing;

/// <summary>One line of who did what, and when; rows are only ever added.</summary>
internal sealed class AuditEntry
{
    public long Id { get; private set; }

    public required DateTimeOffset At { get; init; }

    public required string Who { get; init; }

    /// <summary>The verb, in kebab-case.</summary>
    public required string What { get; init; }

    /// <summary>The path of the page that shows what it was done to, where there is one.</summary>
    public string? Subject { get; init; }

    public string? Detail { get; init; }
}
