namespace LoopBus.Hosting;

/// <summary>Where the broker is, and the bounds of every queue (<c>LoopBus:Broker</c>).</summary>
public sealed class BrokerOptions
{
    public const string Section = "LoopBus:Broker";

    public string Host { get; set; } = "127.0.0.1";

    public ushort Port { get; set; } = 5672;

    /// <summary>The nodes of a cluster, each as host or host:port; Host alone where there are none.</summary>
    public IList<string> Nodes { get; } = [];

    public BrokerTls Tls { get; } = new();

    public ushort ManagementPort { get; set; } = 15672;

    public string VirtualHost { get; set; } = "loopbus";

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>How often the broker redelivers a message that killed its consumer, before it dead-letters the message.</summary>
    public int DeliveryLimit { get; set; } = 5;

    /// <summary>How many messages a queue holds before it refuses more; a refused message stays in its sender's outbox.</summary>
    public int QueueLimit { get; set; } = 1_000_000;

    /// <summary>The largest body that is read; a larger one goes to the dead letters unread.</summary>
    public int MessageBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many headers a message may have.</summary>
    public int Headers { get; set; } = 100;

    /// <summary>How large one message's headers may be together.</summary>
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <summary>How many messages one process takes at once, for each queue.</summary>
    public ushort Prefetch { get; set; } = 32;

    /// <summary>How often a failed message is tried again in memory before it is dead-lettered.</summary>
    public int Retries { get; set; } = 4;

    /// <summary>How many runs' messages may fail at a queue, more than succeed, before it is switched off until one succeeds.</summary>
    public int KillSwitchRuns { get; set; } = 10;

    /// <summary>How long a queue that is switched off waits between two tries, in seconds.</summary>
    public double KillSwitchSeconds { get; set; } = 10;

    /// <summary>How often a message that lost a race for a row is tried again in memory.</summary>
    public int ConflictRetries { get; set; } = 12;
}
