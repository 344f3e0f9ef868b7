using MassTransit;
using MassTransit.Clients;
using MassTransit.DependencyInjection;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;

namespace LoopBus.Persistence;

/// <summary>What a scope sends and publishes: in a consumer by its context, elsewhere into the scope's unit of work.</summary>
internal sealed class UnitOfWorkBusContext(
    IBus bus, UnitOfWork unit, Bind<IBus, IClientFactory> clients, IScopedConsumeContextProvider consuming, IServiceProvider services)
    : IScopedBusContextProvider<IBus>
{
    public ScopedBusContext Context { get; } = consuming.HasContext
        ? new ConsumeContextScopedBusContext(consuming.GetContext(), clients.Value)
        : new Outside(bus, unit, clients.Value, services);

    private sealed class Outside(IBus bus, UnitOfWork unit, IClientFactory clients, IServiceProvider services) : ScopedBusContext
    {
        public ISendEndpointProvider SendEndpointProvider { get; } = new OutboxSendEndpointProvider(unit, bus);

        public IPublishEndpoint PublishEndpoint { get; } = new PublishEndpoint(new OutboxPublishEndpointProvider(unit, bus));

        public IScopedClientFactory ClientFactory { get; } =
            new ScopedClientFactory(new ClientFactory(new ScopedClientFactoryContext(clients, services)), null);
    }
}
