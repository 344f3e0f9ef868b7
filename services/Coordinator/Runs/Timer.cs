using LoopBus.Persistence;

namespace LoopBus.Coordinator.Runs;

/// <summary>A deadline of a run. The soonest waits in the outbox, and the others here until it is their turn.</summary>
/// <param name="DueAt">When it passes; not known of those that an earlier version has set, which all wait in the outbox.</param>
/// <param name="Deadline">Its kind.</param>
/// <param name="StepId">The step that it wakes.</param>
/// <param name="ConversationId">The conversation whose answer it waits for.</param>
/// <param name="Row">Where it waits in the outbox, to be taken back when nobody needs it any more.</param>
internal sealed record Timer(DateTimeOffset DueAt, string Deadline, string? StepId, Guid? ConversationId, OutboxRow? Row = null);
