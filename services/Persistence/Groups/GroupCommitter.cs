using LoopBus.Persistence.Rows;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Groups;

/// <summary>
/// Brings units of work to the database: one that is alone at once, and what gathers while a transaction is under way together in the next. Two units that
/// write the same row never share a transaction, and go in the order they came.
/// </summary>
internal sealed class GroupCommitter(GroupWriter writer, PersistenceMetrics metrics, IOptions<PersistenceOptions> options)
    : Gathering<Unit>(options.Value.Writers)
{
    private readonly HashSet<RowKey> underWay = [];

    /// <summary>Commits; false, and nothing written, where the message was handled before.</summary>
    public async Task<bool> Commit(Unit unit, CancellationToken cancellationToken)
    {
        Add(unit);
        // Only while it waits: once it is being written, its outcome is what the database says.
        await using var cancelled = cancellationToken.Register(() =>
        {
            if (Remove(unit))
                unit.Cancel(cancellationToken);
        });
        return await unit.Outcome;
    }

    protected override List<Unit> Take(List<Unit> waiting)
    {
        var taken = new List<Unit>();
        var passed = new HashSet<RowKey>();
        foreach (var unit in waiting)
        {
            if (taken.Count == options.Value.GroupSize)
                break;
            var keys = unit.Guards.Select(guard => guard.Key);
            if (keys.Any(key => underWay.Contains(key) || passed.Contains(key)))
            {
                // Nobody who writes the same rows overtakes it.
                passed.UnionWith(keys);
                continue;
            }
            underWay.UnionWith(keys);
            taken.Add(unit);
        }
        waiting.RemoveAll(new HashSet<Unit>(taken).Contains);
        return taken;
    }

    protected override async Task Handle(List<Unit> taken)
    {
        metrics.Group(taken.Count);
        await writer.Write(taken);
        End(taken);
    }

    protected override void Fail(List<Unit> taken, Exception exception)
    {
        foreach (var unit in taken)
            unit.Failed(exception);
        End(taken);
    }

    private void End(List<Unit> ended)
    {
        List<Unit> late;
        lock (Gate)
        {
            foreach (var guard in ended.SelectMany(unit => unit.Guards))
                underWay.Remove(guard.Key);
            // Who still waits to change a row from what it was before is late: the database would say so too.
            var changed = ended.Where(unit => unit.IsCommitted).SelectMany(unit => unit.Guards).ToHashSet();
            late = changed.Count == 0 ? [] : RemoveAll(unit => unit.Guards.Any(changed.Contains));
            foreach (var unit in late)
                unit.Lost(unit.Writes.First(write => write.Guard is { } guard && changed.Contains(guard)), metrics);
        }
        foreach (var unit in ended.Concat(late))
            unit.End();
    }
}
