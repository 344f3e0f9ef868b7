using LoopBus.Persistence.Database;
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
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="context">The bus's registration.</param>
    /// <param name="actsOutside">
    /// Whether a consumer does anything that is not part of its unit of work: calls a tool or a model, or writes by itself. Then the inbox is looked at before it runs.
    /// Else a duplicate is found at the commit, and what it did is dropped; a message that the broker or a retry brings again is looked for all the same.
    /// </param>
    public static void UseUnitOfWork<TContext>(this IReceiveEndpointConfigurator endpoint, IRegistrationContext context, bool actsOutside = true)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(context);
        if (context.GetService<MessageStore>() is null)
            throw new InvalidOperationException($"UseUnitOfWork needs builder.AddPersistence<{typeof(TContext).Name}>(schema).");
        _ = new Observer(endpoint, context, actsOutside);
    }

    private sealed class Observer : ConfigurationObserver, IMessageConfigurationObserver
    {
        private readonly bool actsOutside;
        private readonly string queue;
        private readonly ConsumeScopeProvider scopes;
        private readonly Conflicts conflicts;
        private readonly PersistenceMetrics metrics;
        private readonly IDialect dialect;
        private readonly ILogger logger;

        public Observer(IReceiveEndpointConfigurator endpoint, IRegistrationContext context, bool actsOutside)
            : base(endpoint)
        {
            this.actsOutside = actsOutside;
            queue = Uri.UnescapeDataString(endpoint.InputAddress.Segments[^1]);
            scopes = new ConsumeScopeProvider(context);
            conflicts = context.GetRequiredService<Conflicts>();
            metrics = context.GetRequiredService<PersistenceMetrics>();
            dialect = context.GetRequiredService<IDialect>();
            logger = context.GetRequiredService<ILogger<UnitOfWork>>();
            Connect(this);
        }

        public void MessageConfigured<TMessage>(IConsumePipeConfigurator configurator)
            where TMessage : class =>
            configurator.AddPipeSpecification(
                new FilterPipeSpecification<ConsumeContext<TMessage>>(new UnitOfWorkFilter<TMessage>(scopes, queue, actsOutside, conflicts, metrics, dialect, logger)));
    }
}
