using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using LoopBus.Persistence.Database;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LoopBus.Persistence.Sagas;

/// <summary>The SQL of one saga type, made once from its EF mapping: columns, converters and types are the model's.</summary>
internal sealed class SagaTable<TSaga>
    where TSaga : class, ISaga
{
    private readonly List<SagaColumn<TSaga>> columns;
    private readonly SagaColumn<TSaga> key;
    private readonly SagaColumn<TSaga> version;
    private readonly string select;
    private readonly string insert;
    private readonly string update;
    private readonly string delete;
    private readonly Func<TSaga> create;
    private readonly IDialect dialect;

    public SagaTable(IDialect dialect, Names names)
    {
        this.dialect = dialect;
        var entity = names.Find(typeof(TSaga));
        var table = names.Table(typeof(TSaga));
        Check(entity);
        columns = [.. entity.GetProperties().Select((property, index) => new SagaColumn<TSaga>(property, index, names))];
        key = columns.Single(column => column.Property.Name == nameof(ISaga.CorrelationId));
        version = columns.Single(column => column.Property.Name == "Version");
        create = Expression.Lambda<Func<TSaga>>(Expression.New(typeof(TSaga))).Compile();
        var all = columns.ConvertAll(column => column.Name);
        var values = columns.ConvertAll(column => "@" + column.Parameter);
        var set = columns.Where(column => column != key).Select(column => $"{column.Name} = @{column.Parameter}");
        var known = $"WHERE {key.Name} = @{key.Parameter} AND {version.Name} = @old";
        select = $"SELECT {string.Join(", ", all)} FROM {table} WHERE {key.Name} = @id";
        insert = dialect.InsertIfAbsent(table, all, values, [key.Name]);
        update = $"UPDATE {table} SET {string.Join(", ", set)} {known}";
        delete = $"DELETE FROM {table} {known}";
    }

    public async Task<TSaga?> Load(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dialect.DataSource.CreateCommand(select);
        command.With("id", id, DbType.Guid);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var saga = create();
        foreach (var column in columns)
            column.Read(reader, saga);
        return saga;
    }

    public SagaWrite Insert(TSaga saga) => new(
        (batch, connection) => Fill(batch.Add(insert), connection, saga, columns),
        $"{typeof(TSaga).Name} {saga.CorrelationId} was begun by another message at the same time.");

    public SagaWrite Update(TSaga saga)
    {
        var old = version.Integer(saga);
        version.Set(saga, old + 1);
        return new SagaWrite(
            (batch, connection) => Fill(batch.Add(update), connection, saga, columns).With("old", old, DbType.Int32),
            Conflict(saga, old));
    }

    public SagaWrite Delete(TSaga saga)
    {
        var old = version.Integer(saga);
        return new SagaWrite(
            (batch, connection) => Fill(batch.Add(delete), connection, saga, [key]).With("old", old, DbType.Int32),
            Conflict(saga, old));
    }

    private static string Conflict(TSaga saga, int old) =>
        $"{typeof(TSaga).Name} {saga.CorrelationId} is past version {old}: another message changed it.";

    private static DbBatchCommand Fill(DbBatchCommand command, DbConnection connection, TSaga saga, List<SagaColumn<TSaga>> columns)
    {
        using var maker = connection.CreateCommand();
        foreach (var column in columns)
        {
            var parameter = column.ToParameter(maker, saga);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static void Check(IEntityType entity)
    {
        var problem =
            entity.GetNavigations().Any() || entity.GetComplexProperties().Any() ? "has navigations or owned parts; map them as one JSON column with a value converter"
            : entity.GetProperties().Any(property => property.IsShadowProperty()) ? "has shadow properties; give each column a property"
            : entity.FindPrimaryKey() is not { Properties: [{ Name: nameof(ISaga.CorrelationId) }] } ? "must have CorrelationId as its key"
            : entity.FindProperty("Version")?.ClrType != typeof(int) ? "needs a mapped property 'int Version'"
            : entity.GetTableMappings().Count() != 1 ? "must lie in exactly one table"
            : null;
        if (problem is not null)
            throw new InvalidOperationException($"Saga {typeof(TSaga).Name} can not be stored: it {problem}.");
    }
}
