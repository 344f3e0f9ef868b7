using System.Data.Common;
using LoopBus.Persistence.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Schema;

/// <summary>Brings the schema up before anything else of the service starts, under the database's migration lock; refuses a newer one.</summary>
internal sealed class SchemaMigrator<TContext>(
    IServiceScopeFactory scopes, IDialect dialect, TimeProvider time, IOptions<PersistenceOptions> options, ILogger<SchemaMigrator<TContext>> logger) : IHostedLifecycleService
    where TContext : DbContext
{
    // An index over a big table takes its time; nobody else waits for it who does not migrate too.
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromHours(2);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Migrate)
            return;
        var deadline = time.GetUtcNow() + options.Value.StartTimeout;
        while (true)
        {
            try
            {
                await Migrate(cancellationToken);
                return;
            }
            catch (Exception exception) when (Causes.Of(exception).FirstOrDefault(cause => cause is DbException or TimeoutException) is { } cause)
            {
                if (time.GetUtcNow() >= deadline)
                {
                    throw new InvalidOperationException(
                        $"The {options.Value.Provider} database can not be used, tried for {options.Value.StartTimeout.TotalSeconds:0} s: {cause.Message} "
                        + $"Is it up? Check {PersistenceOptions.Section}:Provider and ConnectionString.",
                        exception);
                }
                logger.DatabaseNotReady(exception, options.Value.Provider, deadline);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Migrate(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TContext>();
        var known = context.GetService<IMigrationsAssembly>().Migrations;
        var schema = context.Model.GetDefaultSchema() ?? "";
        if (known.Count == 0)
        {
            throw new InvalidOperationException(
                $"{typeof(TContext).Name} has no migrations for {options.Value.Provider}. Make the first one with infra/migrations.sh <Service> Initial.");
        }
        // A database that does not exist yet has no applied migrations; Migrate creates it.
        var applied = await context.Database.CanConnectAsync(cancellationToken)
            ? (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];
        var newer = applied.Where(id => !known.ContainsKey(id)).ToArray();
        if (newer.Length > 0)
            throw new SchemaNewerException(schema, typeof(TContext).Name, newer);
        context.Database.SetCommandTimeout(StatementTimeout);
        // Migrate locks, and compares whole models first: a seventh of a start that has nothing to migrate.
        if (!known.Keys.All(applied.Contains))
            await context.Database.MigrateAsync(cancellationToken);
        if (dialect.Compress(schema) is { } compress)
            await context.Database.ExecuteSqlRawAsync(compress, cancellationToken);
        logger.SchemaReady(schema, known.Keys.Last());
    }
}
