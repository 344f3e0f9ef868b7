using System.Reflection;
using LoopBus.Persistence;
using LoopBus.Persistence.Database;
using LoopBus.Persistence.Inbox;
using LoopBus.Persistence.Outbox;
using LoopBus.Persistence.Retention;
using LoopBus.Persistence.Rows;
using LoopBus.Persistence.Sagas;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace LoopBus.Standards.Tests.SqlServer;

/// <summary>What a service's persistence would send to SQL Server, asked of the objects that send it.</summary>
internal sealed class Statements : IDisposable
{
    private readonly IDialect dialect = PersistenceRegistration.Dialect(DatabaseProvider.SqlServer, "Server=none");
    private readonly Recorder recorder = new();
    private readonly Type type;
    private readonly DbContext context;
    private readonly Names names;

    public Statements(Type contextType)
    {
        type = contextType;
        var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        PersistenceRegistration.Configure(options, dialect, DatabaseProvider.SqlServer, "none").AddInterceptors(recorder);
        context = (DbContext)Activator.CreateInstance(type, options.Options)!;
        names = new Names(context.Model, context.GetService<ISqlGenerationHelper>(), type);
    }

    public static IEnumerable<Type> Contexts =>
        House.Services.SelectMany(service => service.GetTypes()).Where(type => type.IsSubclassOf(typeof(DbContext)) && !type.IsAbstract);

    public DbContext Context => context;

    /// <summary>Inbox, outbox, their relay and sweeper.</summary>
    public IEnumerable<string> Messages() => new MessageStore(
        dialect, names, new RowTable<InboxMessage>(dialect, names), new RowTable<OutboxMessage>(dialect, names), "channel", TimeProvider.System, Options.Create(new PersistenceOptions())).Statements;

    /// <summary>Rows of all tables that can be written as such: sagas, ledger, history, inbox and outbox.</summary>
    public IEnumerable<string> Rows()
    {
        foreach (var entity in context.Model.GetEntityTypes().Select(entity => entity.ClrType))
        {
            var saga = entity.IsAssignableTo(typeof(ISaga));
            var table = saga ? Make(typeof(SagaTable<>), entity, TimeProvider.System) : Make(typeof(RowTable<>), entity, null);
            foreach (var sql in table is null ? [] : table.GetType().GetProperties().Where(property => property.PropertyType == typeof(IEnumerable<string>)))
                foreach (var statement in (IEnumerable<string>)sql.GetValue(table)!)
                    yield return statement;
        }
    }

    /// <summary>From nothing to the newest schema, and the same where a part of it is there.</summary>
    public IEnumerable<string> Migrations() =>
        [context.GetService<IMigrator>().GenerateScript(), context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent)];

    /// <summary>The lock that migrations run under, and the questions before it.</summary>
    public async Task<IEnumerable<string>> MigrationLock()
    {
        await using (await context.GetService<IHistoryRepository>().AcquireDatabaseLockAsync())
            await context.Database.GetAppliedMigrationsAsync();
        return recorder.Sent;
    }

    /// <summary>All that the service's rules of retention send.</summary>
    public async Task<IEnumerable<string>> Retention()
    {
        var rules = type.Assembly.GetTypes().SelectMany(declaring => declaring.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)).Where(IsRule);
        foreach (var rule in rules)
            await Recorded(() => rule.CreateDelegate<RetentionRule>()(new Scope(context), TimeProvider.System.GetUtcNow(), 10, CancellationToken.None));
        return recorder.Sent;
    }

    /// <summary>The server's clock.</summary>
    public Task<IEnumerable<string>> Clock() => Recorded(() => context.Database.Now(CancellationToken.None));

    public void Dispose()
    {
        context.Dispose();
        (dialect as IDisposable)?.Dispose();
    }

    private async Task<IEnumerable<string>> Recorded(Func<Task> sends)
    {
        var before = recorder.Sent.Count;
        try
        {
            await sends();
        }
        catch (Exception) when (recorder.Sent.Count > before)
        {
            // What becomes of a row of nothing is no matter here.
        }
        return recorder.Sent;
    }

    private object? Make(Type table, Type row, TimeProvider? time)
    {
        try
        {
            return Activator.CreateInstance(table.MakeGenericType(row), time is null ? [dialect, names, null] : [dialect, names, time]);
        }
        catch (TargetInvocationException refused) when (refused.InnerException is InvalidOperationException)
        {
            // EF alone writes it.
            return null;
        }
    }

    private static bool IsRule(MethodInfo method) =>
        !method.IsGenericMethod && method.ReturnType == typeof(Task<int>)
        && method.GetParameters().Select(parameter => parameter.ParameterType)
            .SequenceEqual([typeof(IServiceProvider), typeof(DateTimeOffset), typeof(int), typeof(CancellationToken)]);

    private sealed class Scope(DbContext context) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType.IsInstanceOfType(context) ? context : System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(serviceType);
    }
}
