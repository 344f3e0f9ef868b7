namespace LoopBus.Coordinator;

/// <summary>Why people are asked to step in.</summary>
internal static class EscalationKind
{
    public const string MissingAnswer = "missing-answer";
    public const string UndoFailed = "undo-failed";
    public const string ApprovalExpired = "approval-expired";

    /// <summary>A run that a model plans stands still, breaks an invariant or came to a limit.</summary>
    public const string Stuck = "stuck";
}
