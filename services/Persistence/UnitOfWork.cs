using System.Data.Common;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Publishing;
using LoopBus.Persistence.Rows;
using LoopBus.Persistence.Sagas;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Persistence;

/// <summary>Collects what a scope writes and says, until its endpoint or its web request commits it.</summary>
internal sealed class UnitOfWork(
    IServiceProvider services,
    Committer committer,
    MessageStore store,
    OutboxSender sender,
    OutboxRemovals removals,
    OutboxWake wake,
    SagaLocks locks,
    TimeProvider time,
    ILogger<UnitOfWork> logger) : IUnitOfWork, OutboxSendContext, IDisposable, IAsyncDisposable
{
    private readonly Lock gate = new();
    private PendingWork work = new(Guid.CreateVersion7(time.GetUtcNow()), services);
    private IMessageObserver[]? observers;
    private MessageTurns? turns;

    /// <summary>Whether an endpoint's filter owns this unit of work.</summary>
    public bool IsConsuming { get; private set; }

    public object? GetService(Type serviceType) => services.GetService(serviceType);

    public void Attach(DbContext created) => work.Context = created;

    public void Add(RowWrite write) => work.Rows.Add(write);

    public void Append<T>(T row)
        where T : class => work.Rows.Append(row);

    public void Insert<T>(T row)
        where T : class => work.Rows.Insert(row);

    public void Change<T>(T row, Action<T> change)
        where T : class => work.Rows.Change(row, change);

    public void Update<T>(T row, params object?[] was)
        where T : class => work.Rows.Update(row, was);

    public void Enlist(Func<DbConnection, DbTransaction, CancellationToken, Task> work) => this.work.Enlisted.Add(work);

    public OutboxRow? LastSaid { get; private set; }

    public void Withdraw(OutboxRow row)
    {
        if (row.UnitId == work.Id)
            work.Said[row.Position].IsWithdrawn = true;
        else
            work.Rows.Add(store.Removal(row));
    }

    public void Consuming(ConsumeContext consumed, object message, MessageTurns has)
    {
        IsConsuming = true;
        turns = has;
        lock (gate)
            foreach (var observer in Observers())
                observer.Consumed(consumed, message);
    }

    /// <summary>Waits until those messages are done with a saga that came before this one.</summary>
    public async Task Take(Turns of, string lockRow, Guid saga, CancellationToken cancellationToken)
    {
        await turns!.Take(of, saga, cancellationToken);
        // One at most: who has a lock waits for no other.
        work.Lock ??= await locks.TakeIfMarked(saga, lockRow, cancellationToken);
    }

    public async Task AddSend<T>(SendContext<T> context)
        where T : class
    {
        // Serializers add headers: the body comes first. Send observers see the message here, the last time that it is a MassTransit message.
        var body = context.Serializer.GetMessageBody(context).GetBytes();
        foreach (var observer in services.GetServices<ISendObserver>())
            await observer.PreSend(context);
        var now = time.GetUtcNow();
        var amqp = AmqpMessage.Of(context, now);
        lock (gate)
        {
            foreach (var observer in Observers())
                observer.Sent(context, context.Message);
            work.Said.Add(new OutboxMessage
            {
                UnitId = work.Id,
                Position = work.Said.Count,
                CreatedAt = now,
                DueAt = now + (context.Delay ?? TimeSpan.Zero),
                MessageId = context.MessageId,
                MessageType = TypeCache<T>.ShortName,
                Destination = context.DestinationAddress!.ToString(),
                Envelope = amqp.ToJson(),
                Said = amqp,
                Body = body,
            });
            LastSaid = new OutboxRow(work.Id, work.Said.Count - 1);
        }
    }

    public async Task Commit(CancellationToken cancellationToken)
    {
        if (IsConsuming)
            throw new InvalidOperationException("Inside a consumer the endpoint commits, after the consumer has returned: do not call IUnitOfWork.Commit there.");
        await committer.Commit(work, inbox: null, sendsAtOnce: false, cancellationToken);
        if (work.NextDue is { } due)
            wake.Signal(due);
        work = new PendingWork(Guid.CreateVersion7(time.GetUtcNow()), services) { Context = work.Context };
    }

    /// <summary>Commits a consumed message and sends what it said; false, and nothing written, where the message was handled before.</summary>
    public async Task<bool> Complete(InboxMessage? inbox, CancellationToken cancellationToken)
    {
        var committed = false;
        try
        {
            committed = await committer.Commit(work, inbox, sendsAtOnce: true, cancellationToken);
        }
        finally
        {
            if (!committed)
                work.Sending.ForEach(removals.NotSent);
        }
        if (!committed)
            return false;
        await Unlock();
        turns?.Pass();
        if (work.NextDue is { } due)
            wake.Signal(due);
        await sender.SendBegun(work.Sending, cancellationToken);
        committer.Reached(CommitPoint.AfterSend);
        return true;
    }

    /// <summary>Sends again what a handled message said and no broker has confirmed.</summary>
    public async Task SendAgain(Guid unitId, CancellationToken cancellationToken)
    {
        if (!removals.IsSending(unitId))
            await sender.Send(await store.ClaimUnit(unitId, cancellationToken), cancellationToken);
    }

    public InboxMessage Handled(Guid messageId, string queue) =>
        new() { MessageId = messageId, Queue = queue, UnitId = work.Id, ConsumedAt = time.GetUtcNow() };

    public void Dispose()
    {
        if (!IsConsuming && work.Said.Count > 0)
            logger.MessagesNotCommitted(work.Said.Count);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Unlock();
    }

    private async ValueTask Unlock()
    {
        if (work.Lock is not { } held)
            return;
        work.Lock = null;
        await held.DisposeAsync();
    }

    private IMessageObserver[] Observers() => observers ??= [.. services.GetServices<IMessageObserver>()];
}
