namespace LoopBus.Persistence;

/// <summary>The moments of a unit of work, and of what it said, at which a crash matters.</summary>
public enum CommitPoint
{
    /// <summary>All is written, nothing is committed.</summary>
    BeforeCommit,

    /// <summary>All is committed, nothing is published.</summary>
    AfterCommit,

    /// <summary>All is published, the message is not acknowledged.</summary>
    AfterSend,

    /// <summary>The relay has taken rows that were left or are due, nothing of them is published.</summary>
    RelayTook,

    /// <summary>The relay has published them, their rows are there.</summary>
    RelaySent,
}
