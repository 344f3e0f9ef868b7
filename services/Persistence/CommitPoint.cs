namespace LoopBus.Persistence;

/// <summary>The moments of a unit of work at which a crash matters.</summary>
public enum CommitPoint
{
    /// <summary>All is written, nothing is committed.</summary>
    BeforeCommit,

    /// <summary>All is committed, nothing is published.</summary>
    AfterCommit,

    /// <summary>All is published, the message is not acknowledged.</summary>
    AfterSend,
}
