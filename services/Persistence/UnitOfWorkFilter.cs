using MassTransit;
using MassTransit.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Persistence;

/// <summary>Handles each message once: inbox, consumer, one commit, publish, and only then the acknowledgement.</summary>
internal sealed class UnitOfWorkFilter<TMessage>(IConsumeScopeProvider scopes, string queue, PersistenceMetrics metrics, ILogger logger)
    : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        await using var scope = await scopes.GetScope(context);
        var unit = scope.GetService<UnitOfWork>();
        var store = scope.GetService<MessageStore>();
        // A message typed into the management UI has no id: it can not be recognised when it comes again.
        var messageId = context.MessageId;
        if (messageId is { } known && await SendAgainIfHandled(store, unit, known, context.CancellationToken))
        {
            // Handled, though no consumer ran: else the endpoint takes it for a message that nobody wants.
            await context.NotifyConsumed(TimeSpan.Zero, "inbox");
            return;
        }

        var consuming = new UnitOfWorkConsumeContext<TMessage>(scope.Context, unit);
        using (scope.PushConsumeContext(consuming))
        {
            unit.Consuming(consuming, context.Message);
            await next.Send(consuming);
        }

        var inbox = messageId is { } id ? unit.Handled(id, queue) : null;
        if (!await unit.Complete(inbox, context.CancellationToken))
            await SendAgainIfHandled(store, unit, inbox!.MessageId, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unitOfWork").Add("queue", queue);

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
