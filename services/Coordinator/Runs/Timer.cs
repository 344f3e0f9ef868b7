using LoopBus.Persistence;

namespace LoopBus.Coordinator.Runs;

/// <summary>A deadline that waits in the outbox, to be taken back when nobody needs it any more.</summary>
/// <param name="Row">Where it waits.</param>
/// <param name="Deadline">Its kind.</param>
/// <param name="StepId">The step that it wakes.</param>
/// <param name="ConversationId">The conversation whose answer it waits for.</param>
internal sealed record Timer(OutboxRow Row, string Deadline, string? StepId, Guid? ConversationId);
