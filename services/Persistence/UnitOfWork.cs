using System.Data.Common;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Sagas;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence;

/// <summary>Collects what a scope writes and says, and commits it in one transaction.</summary>
internal sealed class UnitOfWork(
    IServiceProvider services,
    MessageStore store,
    OutboxSender sender,
    OutboxRemovals removals,
    OutboxWake wake,
    TimeProvider time,
    IOptions<PersistenceOptions> options,
    ILogger<UnitOfWork> logger) : IUnitOfWork, OutboxSendContext, IDisposable
{
    private readonly Guid id = Guid.CreateVersion7(time.GetUtcNow());
    private readonly Lock gate = new();
    private readonly List<OutboxMessage> said = [];
    private readonly List<OutboxMessage> sending = [];
    private readonly List<SagaWrite> sagas = [];
    private readonly List<Func<DbConnection, DbTransaction, CancellationToken, Task>> enlisted = [];
    private readonly ICommitFault? fault = services.GetService<ICommitFault>();
    private DbContext? context;
    private IMessageObserver[]? observers;
    private int written;

    /// <summary>Whether an endpoint's filter owns this unit of work.</summary>
    public bool IsConsuming { get; private set; }

    public object? GetService(Type serviceType) => services.GetService(serviceType);

    public void Attach(DbContext created) => context = created;

    public void Add(SagaWrite write) => sagas.Add(write);

    public void Enlist(Func<DbConnection, DbTransaction, CancellationToken, Task> work) => enlisted.Add(work);

    public void Consuming(ConsumeContext consumed, object message)
    {
        IsConsuming = true;
        lock (gate)
            foreach (var observer in Observers())
                observer.Consumed(consumed, message);
    }

    public Task AddSend<T>(SendContext<T> context)
        where T : class
    {
        // Serializers add headers: the body comes first.
        var body = context.Serializer.GetMessageBody(context).GetBytes();
        var now = time.GetUtcNow();
        lock (gate)
        {
            foreach (var observer in Observers())
                observer.Sent(context, context.Message);
            said.Add(new OutboxMessage
            {
                UnitId = id,
                Position = said.Count,
                CreatedAt = now,
                DueAt = now + (context.Delay ?? TimeSpan.Zero),
                MessageId = context.MessageId,
                MessageType = TypeCache<T>.ShortName,
                Destination = context.DestinationAddress!.ToString(),
                Envelope = OutboxEnvelope.Of(context, now).ToJson(),
                Body = body,
            });
        }
        return Task.CompletedTask;
    }

    public async Task Commit(CancellationToken cancellationToken)
    {
        if (IsConsuming)
            throw new InvalidOperationException("Inside a consumer the endpoint commits, after the consumer has returned: do not call IUnitOfWork.Commit there.");
        await Write(inbox: null, sendsAtOnce: false, cancellationToken);
        if (said.Count > 0)
            wake.Signal();
        said.Clear();
        written = 0;
        enlisted.Clear();
    }

    /// <summary>Commits a consumed message and sends what it said; false, and nothing written, where the message was handled before.</summary>
    public async Task<bool> Complete(InboxMessage? inbox, CancellationToken cancellationToken)
    {
        var committed = false;
        try
        {
            committed = await Write(inbox, sendsAtOnce: true, cancellationToken);
        }
        finally
        {
            if (!committed)
                sending.ForEach(removals.NotSent);
        }
        if (!committed)
            return false;
        if (sending.Count < said.Count)
            wake.Signal();
        await sender.SendBegun(sending, cancellationToken);
        fault?.Reached(CommitPoint.AfterSend);
        return true;
    }

    /// <summary>Sends again what a handled message said and no broker has confirmed.</summary>
    public async Task SendAgain(Guid unitId, CancellationToken cancellationToken)
    {
        if (!removals.IsSending(unitId))
            await sender.Send(await store.ClaimUnit(unitId, cancellationToken), cancellationToken);
    }

    public InboxMessage Handled(Guid messageId, string queue) =>
        new() { MessageId = messageId, Queue = queue, UnitId = id, ConsumedAt = time.GetUtcNow() };

    public void Dispose()
    {
        if (!IsConsuming && said.Count > 0)
            logger.MessagesNotCommitted(said.Count);
    }

    private async Task<bool> Write(InboxMessage? inbox, bool sendsAtOnce, CancellationToken cancellationToken)
    {
        var changes = context?.ChangeTracker.HasChanges() == true;
        if (inbox is null && said.Count == 0 && sagas.Count == 0 && enlisted.Count == 0 && !changes)
            return true;
        await using var connection = store.CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await WriteRows(connection, transaction, inbox, sendsAtOnce, cancellationToken))
            return false;
        if (changes)
            await SaveChanges(connection, transaction, cancellationToken);
        for (var index = 0; index < enlisted.Count; index++)
            await enlisted[index](connection, transaction, cancellationToken);
        await WriteRows(connection, transaction, inbox: null, sendsAtOnce, cancellationToken);
        fault?.Reached(CommitPoint.BeforeCommit);
        // A commit that began is not cancelled: its outcome would be unknown.
        await transaction.CommitAsync(CancellationToken.None);
        context?.ChangeTracker.AcceptAllChanges();
        fault?.Reached(CommitPoint.AfterCommit);
        return true;
    }

    /// <summary>The inbox row, the sagas and all that was said since the last call, in one round trip; false where the inbox row was there already.</summary>
    private async Task<bool> WriteRows(
        DbConnection connection, DbTransaction transaction, InboxMessage? inbox, bool sendsAtOnce, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        var consumed = inbox is null ? null : store.AddConsumed(batch, inbox);
        var writes = sagas.ConvertAll(write => (write.Conflict, Command: write.AddTo(batch, connection)));
        sagas.Clear();
        AddSaid(batch, sendsAtOnce);
        if (batch.BatchCommands.Count == 0)
            return true;
        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (consumed?.RecordsAffected == 0)
            return false;
        foreach (var (conflict, command) in writes)
            if (command.RecordsAffected != 1)
                throw new ConcurrencyConflictException(conflict);
        return true;
    }

    private void AddSaid(DbBatch batch, bool sendsAtOnce)
    {
        var now = time.GetUtcNow();
        var forRelay = false;
        for (; written < said.Count; written++)
        {
            var message = said[written];
            var atOnce = sendsAtOnce && message.DueAt <= now;
            message.VisibleAt = atOnce ? now + options.Value.Lease : message.DueAt;
            message.Attempts = atOnce ? 1 : 0;
            forRelay |= !atOnce;
            // Marked before the commit: a duplicate that finds the inbox row must not take what is about to go out.
            if (atOnce && removals.Begin(message))
                sending.Add(message);
            store.AddOutgoing(batch, message);
        }
        // NOTIFY takes a lock of the whole database at commit: only where nobody in this process sends the rows.
        if (forRelay && !options.Value.Relay)
            store.Notify(batch);
    }

    private async Task SaveChanges(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var database = context!.Database;
        database.AutoSavepointsEnabled = false;
        database.SetDbConnection(connection, contextOwnsConnection: false);
        try
        {
            await database.UseTransactionAsync(transaction, cancellationToken);
            await context.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
        }
        catch (DbUpdateConcurrencyException exception)
        {
            throw new ConcurrencyConflictException("A row was changed by another message since it was read.", exception);
        }
        finally
        {
            await database.UseTransactionAsync(null, CancellationToken.None);
            database.SetDbConnection(null);
        }
    }

    private IMessageObserver[] Observers() => observers ??= [.. services.GetServices<IMessageObserver>()];
}
