using System.Data.Common;
using LoopBus.Persistence.Database;
using LoopBus.Persistence.Sagas;
using MassTransit;
using MassTransit.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Persistence;

/// <summary>Handles each message once: inbox, consumer, one commit, publish, and only then the acknowledgement.</summary>
internal sealed class UnitOfWorkFilter<TMessage>(
    IConsumeScopeProvider scopes, string queue, bool actsOutside, Conflicts conflicts, PersistenceMetrics metrics, IDialect dialect, ILogger logger)
    : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        using var turns = new MessageTurns();
        try
        {
            await conflicts.Outlast(again => Attempt(context, next, turns, again), turns, context, queue);
        }
        catch (Exception exception) when (Causes.Of(exception).OfType<DbException>().Any(dialect.IsAway))
        {
            throw new DatabaseAwayException(exception);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unitOfWork").Add("queue", queue);

    private async Task Attempt(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next, MessageTurns turns, bool again)
    {
        await using var scope = await scopes.GetScope(context);
        var unit = scope.GetService<UnitOfWork>();
        var store = scope.GetService<MessageStore>();
        // A message typed into the management UI has no id: it can not be recognised when it comes again.
        var messageId = context.MessageId;
        var looksFirst = actsOutside || context.ReceiveContext.Redelivered || again || context.GetRetryAttempt() > 0;
        if (looksFirst && await IsHandled())
            return;

        var consuming = new UnitOfWorkConsumeContext<TMessage>(scope.Context, unit);
        try
        {
            using (scope.PushConsumeContext(consuming))
            {
                unit.Consuming(consuming, context.Message, turns);
                await next.Send(consuming);
            }
        }
        catch (Exception) when (!looksFirst)
        {
            // A duplicate may find a world that has no place for it any more: that is no failure.
            if (await IsHandled())
                return;
            throw;
        }

        var inbox = messageId is { } id ? unit.Handled(id, queue) : null;
        if (!await unit.Complete(inbox, context.CancellationToken))
            await SendAgainIfHandled(store, unit, inbox!.MessageId, context.CancellationToken);

        async Task<bool> IsHandled()
        {
            if (messageId is not { } known || !await SendAgainIfHandled(store, unit, known, context.CancellationToken))
                return false;
            // Handled, though no consumer ran to its end: else the endpoint takes it for a message that nobody wants.
            await context.NotifyConsumed(TimeSpan.Zero, "inbox");
            return true;
        }
    }

    private async Task<bool> SendAgainIfHandled(MessageStore store, UnitOfWork unit, Guid messageId, CancellationToken cancellationToken)
    {
        if (await store.FindConsumed(messageId, queue, cancellationToken) is not { } unitId)
            return false;
        logger.DuplicateSkipped(messageId, queue);
        metrics.Duplicate(queue);
        await unit.SendAgain(unitId, cancellationToken);
        return true;
    }
}
