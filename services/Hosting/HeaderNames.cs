namespace LoopBus.Hosting;

/// <summary>The headers that are ours, beside FIPA's.</summary>
public static class HeaderNames
{
    /// <summary>The task id of the run that a message belongs to.</summary>
    public const string Run = "loopbus-run";

    /// <summary>Why a message was dead-lettered: one of <see cref="DeadLetterReason"/>.</summary>
    public const string Reason = "loopbus-reason";

    /// <summary>The queue whose service could not handle the message.</summary>
    public const string Queue = "loopbus-queue";

    /// <summary>The type and text of the last exception.</summary>
    public const string Exception = "loopbus-exception";

    /// <summary>How often the message was tried.</summary>
    public const string Attempts = "loopbus-attempts";

    /// <summary>When the message was dead-lettered (ISO 8601).</summary>
    public const string FailedAt = "loopbus-failed-at";

    /// <summary>The W3C trace context of who said the message, kept while it waits in an outbox.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Before the name of a header that the broker wrote as a table or list, kept as JSON text.</summary>
    internal const string BrokerPrefix = "loopbus-broker-";

    /// <summary>How often a dead letter could not be kept; see the dead-letter intake.</summary>
    public const string IntakeRounds = "loopbus-intake-rounds";

    internal const string AmqpPrefix = "loopbus-amqp-";
    internal const string AmqpCorrelationId = AmqpPrefix + "correlation-id";
    internal const string AmqpMessageId = AmqpPrefix + "message-id";
    internal const string AmqpReplyTo = AmqpPrefix + "reply-to";
    internal const string AmqpType = AmqpPrefix + "type";
}
