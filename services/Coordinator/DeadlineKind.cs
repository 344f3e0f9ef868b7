namespace LoopBus.Coordinator;

/// <summary>What a due message of a run is about.</summary>
internal static class DeadlineKind
{
    public const string Reply = "reply";
    public const string Retry = "retry";
    public const string UndoRetry = "undo-retry";
    public const string WallClock = "wall-clock";
}
