namespace LoopBus.Coordinator.Intake;

/// <summary>A trigger as it was taken: the task's id is the key, so the same task is taken once.</summary>
internal sealed class TaskEntry
{
    public required string TaskId { get; init; }

    public required string Trigger { get; init; }

    public required DateTimeOffset TakenAt { get; init; }
}
