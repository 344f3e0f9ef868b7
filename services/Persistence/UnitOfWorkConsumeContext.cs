using MassTransit;
using MassTransit.Context;
using MassTransit.Middleware.Outbox;

namespace LoopBus.Persistence;

/// <summary>A consumed message whose answers, sends and publishes go into the unit of work.</summary>
internal sealed class UnitOfWorkConsumeContext<TMessage> : ConsumeContextProxy<TMessage>
    where TMessage : class
{
    public UnitOfWorkConsumeContext(ConsumeContext<TMessage> context, UnitOfWork unit)
        : base(context)
    {
        var receive = new OutboxReceiveContext(unit, context.ReceiveContext);
        ReceiveContext = receive;
        PublishEndpointProvider = receive.PublishEndpointProvider;
        AddOrUpdatePayload<IUnitOfWork>(() => unit, _ => unit);
    }
}
