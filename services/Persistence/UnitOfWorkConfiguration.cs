using MassTransit;
using MassTransit.Configuration;
using MassTransit.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Persistence;

/// <summary>The unit of work on a receive endpoint.</summary>
public static class UnitOfWorkConfiguration
{
    /// <summary>Runs each message of the endpoint in one unit of work. Configure retries before it, so that each attempt has a unit of its own.</summary>
    public static void UseUnitOfWork<TContext>(this IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(context);
        if (context.GetService<MessageStore>() is null)
            throw new InvalidOperationException($"UseUnitOfWork needs builder.AddPersistence<{typeof(TContext).Name}>(schema).");
        _ = new Observer(endpoint, context);
    }

    private sealed class Observer : ConfigurationObserver, IMessageConfigurationObserver
    {
        private readonly string queue;
        private readonly ConsumeScopeProvider scopes;
        private readonly PersistenceMetrics metrics;
        private readonly ILogger logger;

        public Observer(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
            : base(endpoint)
        {
            queue = Uri.UnescapeDataString(endpoint.InputAddress.Segments[^1]);
            scopes = new ConsumeScopeProvider(context);
            metrics = context.GetRequiredService<PersistenceMetrics>();
            logger = context.GetRequiredService<ILogger<UnitOfWork>>();
            Connect(this);
        }

        public void MessageConfigured<TMessage>(IConsumePipeConfigurator configurator)
            where TMessage : class =>
            configurator.AddPipeSpecification(
                new FilterPipeSpecification<ConsumeContext<TMessage>>(new UnitOfWorkFilter<TMessage>(scopes, queue, metrics, logger)));
    }
}
