using LoopBus.Persistence.Database;
using LoopBus.Persistence.Groups;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Publishing;
using LoopBus.Persistence.Rows;
using LoopBus.Persistence.Sagas;
using LoopBus.Persistence.Schema;
using MassTransit;
using MassTransit.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence;

/// <summary>A service's database: context, unit of work, inbox, outbox, relay, migrations and health.</summary>
public static class PersistenceRegistration
{
    /// <summary>
    /// Stores the service in <paramref name="schema"/> of the configured database (section LoopBus:Database); at start, before the bus, its
    /// migrations run. A consumer that rarely needs the context takes it as a <see cref="Lazy{T}"/>: making one is not cheap.
    /// </summary>
    public static void AddPersistence<TContext>(this IHostApplicationBuilder builder, string schema)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(schema);
        var services = builder.Services;
        services.AddOptions<PersistenceOptions>()
            .Bind(builder.Configuration.GetSection(PersistenceOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PersistenceOptions>, PersistenceOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Dialect);
        services.AddSingleton(provider => new Outages(provider.GetRequiredService<IDialect>()));
        services.AddDbContextFactory<TContext>((provider, options) => Configure(options, provider, schema));
        services.Replace(ServiceDescriptor.Scoped(CreateContext<TContext>));
        services.AddScoped(provider => new Lazy<TContext>(provider.GetRequiredService<TContext>));
        services.AddHostedService<SchemaMigrator<TContext>>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);

        services.AddSingleton(Names<TContext>);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<MessageStore>(provider, $"loopbus_{schema}"));
        services.AddMetrics();
        services.AddSingleton<PersistenceMetrics>();
        services.AddSingleton<SagaLocks>();
        services.AddSingleton<Conflicts>();
        services.AddSingleton<OutboxWake>();
        services.AddSingleton(typeof(RowTable<>));
        services.AddSingleton<IRows, GroupedRows>();
        services.AddSingleton<GroupWriter>();
        services.AddSingleton<GroupCommitter>();
        services.AddSingleton<Committer>();
        services.AddSingleton<Publisher>();
        services.AddHostedService(provider => provider.GetRequiredService<Publisher>());
        services.AddHealthChecks().AddCheck<PublisherHealth>("publisher", tags: ["ready"]);
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<OutboxRemovals>();
        services.AddSingleton<IOutboxBacklog, OutboxBacklog<TContext>>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRemovals>());
        services.AddHostedService<OutboxListener>();
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<InboxCleanup>();
        if (ExitAt.Configured(builder.Configuration) is { } exit)
            services.TryAddSingleton<ICommitFault>(exit);
        services.AddScoped<UnitOfWork>();
        services.AddScoped<IUnitOfWork>(provider => provider.GetRequiredService<UnitOfWork>());
        services.Replace(ServiceDescriptor.Scoped<IScopedBusContextProvider<IBus>, UnitOfWorkBusContext>());
    }

    internal static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, IDialect dialect, DatabaseProvider provider, string schema)
    {
        dialect.Configure(options, schema);
        // A failed command throws: logging it too would say it twice, and shout at the first start, when there is no history table yet.
        options.ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.CommandExecuted, LogLevel.Debug),
            // What takes some rows without an order only counts them, and stops at a limit.
            (CoreEventId.RowLimitingOperationWithoutOrderByWarning, LogLevel.Debug)));
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ServiceSchema(provider));
        return options;
    }

    internal static IDialect Dialect(DatabaseProvider provider, string connectionString) => provider switch
    {
        DatabaseProvider.PostgreSql => new PostgreSqlDialect(connectionString),
        DatabaseProvider.SqlServer => new SqlServerDialect(connectionString),
        _ => throw new InvalidOperationException($"{PersistenceOptions.Section}:Provider '{provider}' is neither PostgreSql nor SqlServer."),
    };

    private static IDialect Dialect(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<PersistenceOptions>>().Value;
        return Dialect(options.Provider, options.ConnectionString);
    }

    private static void Configure(DbContextOptionsBuilder options, IServiceProvider services, string schema) =>
        Configure(options, services.GetRequiredService<IDialect>(), services.GetRequiredService<IOptions<PersistenceOptions>>().Value.Provider, schema);

    private static TContext CreateContext<TContext>(IServiceProvider scope)
        where TContext : DbContext
    {
        var context = scope.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
        scope.GetRequiredService<UnitOfWork>().Attach(context);
        return context;
    }

    private static Names Names<TContext>(IServiceProvider services)
        where TContext : DbContext
    {
        using var context = services.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
        return new Names(context.Model, context.GetService<ISqlGenerationHelper>(), typeof(TContext));
    }
}
