using LoopBus.Persistence.Publishing;

namespace LoopBus.Persistence.Outbox;

/// <summary>A message on its way out: a row until the broker has confirmed it.</summary>
internal sealed class OutboxMessage
{
    public required Guid UnitId { get; init; }
    public required int Position { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is to go out: at once, or after its delay.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public bool IsDelayed => DueAt > CreatedAt;

    /// <summary>When a relay may take it: its due time, or the end of the lease or the backoff.</summary>
    public DateTimeOffset VisibleAt { get; set; }

    public Guid? MessageId { get; init; }
    public required string MessageType { get; init; }
    public required string Destination { get; init; }

    /// <summary>Exchange, routing key, properties and headers, as JSON.</summary>
    public required string Envelope { get; init; }

    /// <summary>The same, where this process has said it itself.</summary>
    public AmqpMessage? Said { get; init; }

    /// <summary>Whether it was taken back before it was written.</summary>
    public bool IsWithdrawn { get; set; }

    public required byte[] Body { get; init; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }
}
