namespace LoopBus.Approval.DeadLetters;

/// <summary>The AMQP properties of a dead letter, and how it was addressed.</summary>
internal sealed record LetterProperties(
    string? ContentType,
    string? MessageId,
    string? CorrelationId,
    string? ReplyTo,
    string? Type,
    string Exchange,
    string RoutingKey);
