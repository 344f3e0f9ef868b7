namespace LoopBus.Hosting;

/// <summary>Where the broker is, and the bounds of every queue (<c>LoopBus:Broker</c>).</summary>
public sealed class BrokerOptions
{
    public const string Section = "LoopBus:Broker";

    public string Host { get; set; } = "127.0.0.1";

    public ushort Port { get; set; } = 5672;

    public ushort ManagementPort { get; set; } = 15672;

    public string VirtualHost { get; set; } = "loopbus";

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>How often the broker redelivers a message that killed its consumer, before it dead-letters the message.</summary>
    public int DeliveryLimit { get; set; } = 5;

    /// <summary>How many messages a queue holds before it refuses more; a refused message stays in its sender's outbox.</summary>
    public int QueueLimit { get; set; } = 1_000_000;

    /// <summary>How many messages one process takes at once, for each queue.</summary>
    public ushort Prefetch { get; set; } = 32;

    /// <summary>How often a failed message is tried again in memory before it is dead-lettered.</summary>
    public int Retries { get; set; } = 4;

    /// <summary>How often a message that lost a race for a row is tried again in memory.</summary>
    public int ConflictRetries { get; set; } = 12;
}
