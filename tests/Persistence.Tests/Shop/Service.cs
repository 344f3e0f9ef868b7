using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace LoopBus.Persistence.Tests.Shop;

/// <summary>A small service on a real broker and database: one process of a deployment.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly IHost host;

    private Service(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public Journal Journal => Services.GetRequiredService<Journal>();

    public static async Task<Service> Start(
        BrokerFixture broker,
        DatabaseFixture database,
        Action<IBusRegistrationConfigurator> consumers,
        Action<IServiceCollection>? services = null,
        Action<PersistenceOptions>? options = null,
        Journal? journal = null,
        string name = "shop",
        int retries = 5,
        bool actsOutside = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(broker.Settings).AddInMemoryCollection(database.Settings);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.AddPersistence<ShopDbContext>("shop");
        builder.Services.Configure<PersistenceOptions>(persistence => options?.Invoke(persistence));
        builder.Services.AddSingleton(journal ?? new Journal());
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(name, includeNamespace: false));
            bus.AddConfigureEndpointsCallback((context, _, endpoint) =>
            {
                endpoint.PublishFaults = false;
                if (retries > 0)
                    endpoint.UseMessageRetry(retry => retry.Interval(retries, TimeSpan.FromMilliseconds(20)));
                endpoint.UseUnitOfWork<ShopDbContext>(context, actsOutside);
            });
            consumers(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker.Host, (ushort)broker.Port, broker.VirtualHost, login =>
                {
                    login.Username(broker.User);
                    login.Password(broker.Password);
                });
                rabbit.ConfigurePublish(publish => publish.UseExecute(message => message.Mandatory = true));
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.AddSingleton<IConnectionFactory>(new ConnectionFactory
        {
            HostName = broker.Host,
            Port = broker.Port,
            VirtualHost = broker.VirtualHost,
            UserName = broker.User,
            Password = broker.Password,
            AutomaticRecoveryEnabled = false,
        });
        services?.Invoke(builder.Services);
        var built = builder.Build();
        // MassTransit keeps the log of the first bus of the process, which another test may have disposed.
        LogContext.ConfigureCurrentLogContext(built.Services.GetRequiredService<ILoggerFactory>());
        await built.StartAsync();
        return new Service(built);
    }

    /// <summary>Publishes past the outbox, as a foreign sender does.</summary>
    public Task Publish<T>(T message, Guid? messageId = null)
        where T : class =>
        Services.GetRequiredService<IBus>().Publish(message, context => context.MessageId = messageId ?? context.MessageId);

    /// <summary>Publishes as a web request does: through the scope's outbox, with a commit.</summary>
    public async Task Commit(Func<IServiceProvider, IPublishEndpoint, Task> request)
    {
        await using var scope = Services.CreateAsyncScope();
        await request(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IPublishEndpoint>());
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Commit(CancellationToken.None);
    }

    public async Task<T> Read<T>(Func<ShopDbContext, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<ShopDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
