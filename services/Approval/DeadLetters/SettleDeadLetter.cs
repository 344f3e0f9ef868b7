namespace LoopBus.Approval.DeadLetters;

/// <summary>The service asks itself to do what a person decided of a dead letter: to send it back, if it was to be redriven, and to take its copy away (request).</summary>
internal sealed record SettleDeadLetter(Guid DeadLetterId);
