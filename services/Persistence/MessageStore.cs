using System.Data;
using System.Data.Common;
using LoopBus.Persistence.Database;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Rows;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence;

/// <summary>The SQL of the inbox and the outbox of one service.</summary>
internal sealed class MessageStore
{
    private const string OutboxColumns =
        "unit_id, position, created_at, due_at, visible_at, message_id, message_type, destination, envelope, body, attempts, last_error";

    private readonly IDialect dialect;
    private readonly RowTable<InboxMessage> inboxes;
    private readonly RowTable<OutboxMessage> outboxes;
    private readonly TimeProvider time;
    private readonly PersistenceOptions options;
    private readonly string claimDue;
    private readonly string claimUnit;
    private readonly string nearest;
    private readonly string postpone;
    private readonly string forget;
    private readonly string? notify;

    public MessageStore(
        IDialect dialect,
        Names names,
        RowTable<InboxMessage> inboxes,
        RowTable<OutboxMessage> outboxes,
        string channel,
        TimeProvider time,
        IOptions<PersistenceOptions> options)
    {
        this.inboxes = inboxes;
        this.outboxes = outboxes;
        this.dialect = dialect;
        this.time = time;
        this.options = options.Value;
        var inbox = names.Table(typeof(InboxMessage));
        var outbox = names.Table(typeof(OutboxMessage));
        claimDue = dialect.Claim(outbox, OutboxColumns, ofUnit: false);
        claimUnit = dialect.Claim(outbox, OutboxColumns, ofUnit: true);
        nearest = $"SELECT MIN(visible_at) FROM {outbox}";
        postpone = $"UPDATE {outbox} SET visible_at = @visible_at, last_error = @last_error WHERE unit_id = @unit_id AND position = @position";
        forget = dialect.DeleteOlder(inbox, "consumed_at");
        Channel = channel;
        notify = dialect.Notify(channel);
    }

    /// <summary>The name relays of one service listen on.</summary>
    public string Channel { get; }

    /// <summary>The statements that are not those of a table's rows, for those who check them.</summary>
    public IEnumerable<string> Statements => [claimDue, claimUnit, nearest, postpone, forget, .. notify is null ? Array.Empty<string>() : [notify]];

    public DbConnection CreateConnection() => dialect.DataSource.CreateConnection();

    /// <summary>The unit of work this queue has handled the message in, if it has.</summary>
    public async Task<Guid?> FindConsumed(Guid messageId, string queue, CancellationToken cancellationToken) =>
        (await inboxes.Find([messageId, queue], cancellationToken))?.UnitId;

    /// <summary>Tells the relays of other processes at commit.</summary>
    public void Notify(DbBatch batch)
    {
        if (notify is not null)
            batch.Add(notify);
    }

    /// <summary>Takes rows that are due, for one lease.</summary>
    public Task<List<OutboxMessage>> ClaimDue(CancellationToken cancellationToken) =>
        Claim(claimDue, command => command.With("limit", options.BatchSize, DbType.Int32), cancellationToken);

    /// <summary>Takes what a unit of work said and is still here, whoever held it before.</summary>
    public Task<List<OutboxMessage>> ClaimUnit(Guid unitId, CancellationToken cancellationToken) =>
        Claim(claimUnit, command => command.With("unit", unitId, DbType.Guid), cancellationToken);

    /// <summary>When the next row may be taken; null where the outbox is empty.</summary>
    public async Task<DateTimeOffset?> Nearest(CancellationToken cancellationToken)
    {
        await using var command = dialect.DataSource.CreateCommand(nearest);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken)
            : null;
    }

    /// <summary>Removes sent rows by themselves.</summary>
    public async Task Remove(IReadOnlyList<RowWrite> sent, CancellationToken cancellationToken)
    {
        await using var connection = await dialect.DataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        await using (var maker = connection.CreateCommand())
            sent[0].Statement.AddTo(batch, maker, [.. sent.Select(row => row.Values)]);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public RowWrite Removal(OutboxMessage sent) => Removal(new OutboxRow(sent.UnitId, sent.Position));

    public RowWrite Removal(OutboxRow row) => outboxes.Remove([row.UnitId, row.Position]);

    /// <summary>Leaves rows for later, with the error that kept them here.</summary>
    public async Task Postpone(IReadOnlyCollection<OutboxMessage> unsent, CancellationToken cancellationToken)
    {
        await using var connection = await dialect.DataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        foreach (var message in unsent)
        {
            batch.Add(postpone)
                .With("visible_at", message.VisibleAt, DbType.DateTimeOffset)
                .With("last_error", message.LastError, DbType.String)
                .With("unit_id", message.UnitId, DbType.Guid)
                .With("position", message.Position, DbType.Int32);
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Removes at most one batch of inbox rows past their retention; returns how many.</summary>
    public async Task<int> Forget(CancellationToken cancellationToken)
    {
        await using var command = dialect.DataSource.CreateCommand(forget);
        command.With("before", time.GetUtcNow() - options.InboxRetention, DbType.DateTimeOffset).With("limit", options.BatchSize, DbType.Int32);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<OutboxMessage>> Claim(string sql, Action<DbCommand> which, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var command = dialect.DataSource.CreateCommand(sql);
        command.With("now", now, DbType.DateTimeOffset).With("until", now + options.Lease, DbType.DateTimeOffset);
        which(command);
        var claimed = new List<OutboxMessage>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                claimed.Add(Read(reader));
        // UPDATE returns rows in no order: bring them back to the order they were said in.
        claimed.Sort((left, right) => (left.DueAt, left.UnitId, left.Position).CompareTo((right.DueAt, right.UnitId, right.Position)));
        return claimed;
    }

    private static OutboxMessage Read(DbDataReader row) => new()
    {
        UnitId = row.GetGuid(0),
        Position = row.GetInt32(1),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(2),
        DueAt = row.GetFieldValue<DateTimeOffset>(3),
        VisibleAt = row.GetFieldValue<DateTimeOffset>(4),
        MessageId = row.IsDBNull(5) ? null : row.GetGuid(5),
        MessageType = row.GetString(6),
        Destination = row.GetString(7),
        Envelope = row.GetString(8),
        Body = row.GetFieldValue<byte[]>(9),
        Attempts = row.GetInt32(10),
        LastError = row.IsDBNull(11) ? null : row.GetString(11),
    };
}
