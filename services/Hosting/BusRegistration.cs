using LoopBus.Hosting.Acl;
using LoopBus.Hosting.Connecting;
using LoopBus.Hosting.Conversations;
using LoopBus.Hosting.Failures;
using MassTransit;
using MassTransit.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace LoopBus.Hosting;

/// <summary>MassTransit over RabbitMQ, the same in every service.</summary>
public static class BusRegistration
{
    /// <summary>
    /// Adds the bus: quorum queues, readable names, ACL headers, bounded retries and dead letters.
    /// <paramref name="unitOfWork"/> is called for every endpoint, inside its retries; <paramref name="conflict"/> tells a lost race, which is tried again sooner and more often.
    /// </summary>
    public static void AddServiceBus(
        this WebApplicationBuilder builder,
        Action<IBusRegistrationConfigurator> consumers,
        Action<IBusRegistrationContext, IReceiveEndpointConfigurator> unitOfWork,
        Func<Exception, bool>? conflict = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<BrokerOptions>().BindConfiguration(BrokerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<BrokerOptions>, BrokerOptionsCheck>();
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddRabbitMqConfigureEndpointsCallback((context, queue, endpoint) =>
                Configure(context, queue, endpoint, unitOfWork, conflict ?? Retries.IsConflict));
            bus.AddSendObserver(provider => new AclObserver(provider.GetRequiredService<ServiceIdentity>().Name));
            bus.AddPublishObserver(provider => new AclObserver(provider.GetRequiredService<ServiceIdentity>().Name));
            bus.AddReceiveEndpointObserver<ClosedConnections>();
            bus.AddReceiveEndpointObserver(provider => provider.GetRequiredService<Revival>());
            consumers(bus);
            bus.UsingRabbitMq(Configure);
        });
        builder.Services.AddSingleton<IConnectionFactory>(PublisherConnection);
        builder.Services.AddSingleton<Revival>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Revival>());
    }

    // What opens a service's connection for publishing: it is replaced whole when it breaks, so nothing recovers it.
    private static ConnectionFactory PublisherConnection(IServiceProvider services)
    {
        var broker = services.GetRequiredService<IOptions<BrokerOptions>>().Value;
        var factory = new ConnectionFactory
        {
            VirtualHost = broker.VirtualHost,
            UserName = broker.User,
            Password = broker.Password,
            ClientProvidedName = $"{services.GetRequiredService<ServiceIdentity>().Name} publisher",
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        };
        BrokerConnection.Apply(broker, factory);
        return factory;
    }

    private static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus)
    {
        var broker = context.GetRequiredService<IOptions<BrokerOptions>>().Value;
        var service = context.GetRequiredService<ServiceIdentity>();
        bus.Host(broker.Host, broker.Port, broker.VirtualHost, service.Name, host =>
        {
            host.Username(broker.User);
            host.Password(broker.Password);
            host.OnRefreshConnectionFactory = factory =>
            {
                BrokerConnection.Apply(broker, factory);
                return Task.CompletedTask;
            };
        });
        bus.MessageTopology.SetEntityNameFormatter(new EntityNames());
        bus.PrefetchCount = broker.Prefetch;
        bus.AddSerializer(new AclSerializer(service.Name), isSerializer: true);
        bus.ConfigureEndpoints(context);
    }

    private static void Configure(
        IRegistrationContext context,
        string queue,
        IRabbitMqReceiveEndpointConfigurator endpoint,
        Action<IBusRegistrationContext, IReceiveEndpointConfigurator> unitOfWork,
        Func<Exception, bool> conflict)
    {
        var broker = context.GetRequiredService<IOptions<BrokerOptions>>().Value;
        foreach (var (key, value) in DeadLetters.QueueArguments(queue, broker))
            endpoint.SetQueueArgument(key, value);
        endpoint.PrefetchCount = broker.Prefetch;
        endpoint.PublishFaults = false;
        var time = context.GetRequiredService<TimeProvider>();
        endpoint.ConfigureChannel(channel =>
        {
            channel.UseFilter(new TopologyFilter(broker));
            channel.UseFilter(new LiveChannelFilter(time, context.GetRequiredService<ILogger<LiveChannelFilter>>()));
        });

        var deadLetter = new DeadLetterFilter(queue, time, context.GetRequiredService<ILogger<DeadLetterFilter>>());
        if (queue != DeadLetters.Intake) // where the large ones are kept, as bytes
            endpoint.ConfigureReceive(pipe => pipe.UseFilter(new LimitFilter(broker, deadLetter)));
        endpoint.ConfigureError(pipe => pipe.UseFilter(deadLetter));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(deadLetter));

        // Before all else: UseFilter would put it inside the retries, which is not yet a failure.
        endpoint.AddPrePipeSpecification(new FilterPipeSpecification<ConsumeContext>(
            new KillSwitchFilter(new KillSwitch(queue, broker, time, context.GetRequiredService<ILogger<KillSwitch>>()), time)));
        Retries.Use(endpoint, broker, conflict);
        endpoint.UseFilter(new ConsumeScopeFilter(context.GetRequiredService<ILogger<ConsumeScopeFilter>>()));
        unitOfWork((IBusRegistrationContext)context, endpoint);
        ProtocolGuard.Use(endpoint, context.GetRequiredService<ServiceIdentity>().Name, context.GetRequiredService<ILogger<ProtocolGuard>>());
    }
}
