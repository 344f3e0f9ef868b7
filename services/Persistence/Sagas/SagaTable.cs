using LoopBus.Persistence.Database;
using LoopBus.Persistence.Rows;
using MassTransit;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LoopBus.Persistence.Sagas;

/// <summary>The table of one saga type: rows guarded by their version.</summary>
internal sealed class SagaTable<TSaga>
    where TSaga : class, ISaga
{
    private const string Version = "Version";

    private readonly RowTable<TSaga> rows;
    private readonly RowColumn<TSaga> version;

    public SagaTable(IDialect dialect, Names names, TimeProvider time)
    {
        var entity = names.Find(typeof(TSaga));
        Check(entity);
        Turns = new Turns(time);
        rows = new RowTable<TSaga>(dialect, names, [Version]);
        var key = new RowColumn<TSaga>(entity.FindProperty(nameof(ISaga.CorrelationId))!, 0, names, dialect);
        Lock = dialect.Lock(names.Table(typeof(TSaga)), key.Name);
        version = new RowColumn<TSaga>(entity.FindProperty(Version)!, 0, names, dialect);
    }

    /// <summary>Whose turn it is, of the messages that this process has.</summary>
    public Turns Turns { get; }

    /// <summary>The statement that locks a saga's row.</summary>
    public string Lock { get; }

    public IEnumerable<string> Statements => [.. rows.Statements, Lock];

    public Task<TSaga?> Load(Guid id, CancellationToken cancellationToken) => rows.Find([id], cancellationToken);

    public RowWrite Insert(TSaga saga) =>
        rows.Insert(saga, $"{typeof(TSaga).Name} {saga.CorrelationId} was begun by another message at the same time.");

    public RowWrite Update(TSaga saga)
    {
        var seen = rows.Seen(saga);
        var old = version.Integer(saga);
        version.Set(saga, old + 1);
        return rows.Update(saga, seen, Conflict(saga, old));
    }

    public RowWrite Delete(TSaga saga) => rows.Delete(rows.Seen(saga), Conflict(saga, version.Integer(saga)));

    private static string Conflict(TSaga saga, int old) =>
        $"{typeof(TSaga).Name} {saga.CorrelationId} is past version {old}: another message changed it.";

    private static void Check(IEntityType entity)
    {
        var problem =
            entity.FindPrimaryKey() is not { Properties: [{ Name: nameof(ISaga.CorrelationId) }] } ? "must have CorrelationId as its key"
            : entity.FindProperty(Version)?.ClrType != typeof(int) ? "needs a mapped property 'int Version'"
            : null;
        if (problem is not null)
            throw new InvalidOperationException($"Saga {typeof(TSaga).Name} can not be stored: it {problem}.");
    }
}
