using LoopBus.Contracts.Acts;

namespace LoopBus.Hosting;

/// <summary>FIPA's message parameters beside the act itself (FIPA SC00061G). What is left out is filled in when the message goes out.</summary>
public sealed record AclParameters
{
    /// <summary>The act's FIPA name, of a message that came in; going out, the act's type says it.</summary>
    public string? Performative { get; init; }

    /// <summary>The service that said a message that came in; going out, it is this one.</summary>
    public string? Sender { get; init; }

    public string? Receiver { get; init; }

    public Guid? ConversationId { get; init; }

    /// <summary>The interaction protocol's name, as FIPA writes it (fipa-request).</summary>
    public string? Protocol { get; init; }

    public string? ReplyWith { get; init; }

    public string? InReplyTo { get; init; }

    /// <summary>When the sender no longer waits for the next message.</summary>
    public DateTimeOffset? ReplyBy { get; init; }

    /// <summary>The run's task id, of a message that came in; going out, the content's TaskId says it.</summary>
    public string? Run { get; init; }

    /// <summary>How long the message waits in the sender's outbox before it goes out.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The id of a message that came in; going out, given where the sender must be able to say the same message twice.</summary>
    public Guid? MessageId { get; init; }
}
