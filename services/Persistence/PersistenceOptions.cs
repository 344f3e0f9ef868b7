namespace LoopBus.Persistence;

/// <summary>How a service stores and sends (section LoopBus:Database).</summary>
public sealed class PersistenceOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "LoopBus:Database";

    /// <summary>Which database engine the connection string is for.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.PostgreSql;

    /// <summary>The ADO.NET connection string.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Whether migrations run at start; without, the schema is taken as it is.</summary>
    public bool Migrate { get; set; } = true;

    /// <summary>How long a starting service waits for a database that does not answer yet.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether this process sends what is due in the outbox. Without, another instance is told (PostgreSQL) or finds it at its next sweep.</summary>
    public bool Relay { get; set; } = true;

    /// <summary>The longest time between two looks into the outbox for rows that nobody announced.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a row is left to the process that wrote or claimed it, before another one sends it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long sending one batch may take, confirms included; shorter than the lease.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest wait between two attempts to send one row (the first is one second, then doubled).</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Rows per claim and per removal.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>How many transactions this process commits messages in at the same time; what comes meanwhile gathers for the next.</summary>
    public int Writers { get; set; } = 2;

    /// <summary>Messages that share a transaction, at most.</summary>
    public int GroupSize { get; set; } = 100;

    /// <summary>How long a message that loses races for a saga or a row is run again at once, before that counts as a failure of its own.</summary>
    public TimeSpan ConflictTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a sent row may wait for a transaction that removes it along the way; then it is removed in one of its own.</summary>
    public TimeSpan RemovalDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a consumed message's id is remembered; a duplicate later than this runs again.</summary>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often older inbox rows are removed.</summary>
    public TimeSpan InboxCleanupInterval { get; set; } = TimeSpan.FromMinutes(15);

    internal IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
            yield return $"{Section}:ConnectionString is empty. Set it (environment: LoopBus__Database__ConnectionString).";
        if (SendTimeout <= TimeSpan.Zero || SendTimeout >= Lease)
            yield return $"{Section}:SendTimeout ({SendTimeout}) must be positive and shorter than {Section}:Lease ({Lease}).";
        if (BatchSize is < 1 or > 10_000)
            yield return $"{Section}:BatchSize ({BatchSize}) must be from 1 to 10000.";
        if (Writers is < 1 or > 32 || GroupSize is < 1 or > 10_000)
            yield return $"{Section}: Writers ({Writers}) must be from 1 to 32, and GroupSize ({GroupSize}) from 1 to 10000.";
        if (RemovalDelay < TimeSpan.Zero || RemovalDelay >= Lease)
            yield return $"{Section}:RemovalDelay ({RemovalDelay}) must be shorter than {Section}:Lease ({Lease}).";
        if (ConflictTime <= TimeSpan.Zero)
            yield return $"{Section}:ConflictTime ({ConflictTime}) must be positive.";
        if (SweepInterval <= TimeSpan.Zero || InboxRetention <= TimeSpan.Zero || InboxCleanupInterval <= TimeSpan.Zero)
            yield return $"{Section}: SweepInterval, InboxRetention and InboxCleanupInterval must be positive.";
    }
}
