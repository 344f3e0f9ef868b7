using System.Data.Common;
using LoopBus.Persistence.Rows;

namespace LoopBus.Persistence.Groups;

/// <summary>The rows of a group that go through one statement, in the order of their keys: guarded all of them, or none.</summary>
internal sealed class RowSet
{
    private readonly List<(Unit? Unit, RowWrite Write)> rows;
    private readonly List<DbBatchCommand> commands;
    private readonly HashSet<object> written = [];

    /// <param name="all">Whether the database is to refuse the transaction where it would not write each guarded row.</param>
    public RowSet(RowStatement statement, IEnumerable<(Unit? Unit, RowWrite Write)> rows, DbBatch batch, DbCommand maker, bool all)
    {
        this.rows = [.. rows];
        // Two groups that write the same rows come to them in the same order: one waits for the other, and never both.
        if (this.rows.Count > 1 && this.rows[0].Write.Identity is not null)
            this.rows.Sort((left, right) => Comparer<object>.Default.Compare(left.Write.Identity!, right.Write.Identity!));
        commands = statement.AddTo(batch, maker, this.rows.ConvertAll(row => row.Write.Values), all && this.rows[0].Write.Guard is not null);
    }

    /// <summary>Runs the batch; statements return the keys of the rows they wrote.</summary>
    public static async Task Execute(DbBatch batch, IReadOnlyList<RowSet> sets, CancellationToken cancellationToken)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var set in sets.Where(set => set.rows[0].Write.Statement.Returns))
        {
            while (await reader.ReadAsync(cancellationToken))
                set.written.Add(RowKey.ValueOf([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]));
            await reader.NextResultAsync(cancellationToken);
        }
        // What comes after the last of them reports its errors only here.
        while (await reader.NextResultAsync(cancellationToken))
            continue;
    }

    /// <summary>The guarded rows that were not as expected, and so were not written.</summary>
    public IEnumerable<(Unit? Unit, RowWrite Write)> Lost() => rows.Where((row, index) => row.Write.Guard is not null && !IsWritten(row.Write, index));

    private bool IsWritten(RowWrite write, int index) =>
        write.Statement.Returns ? written.Contains(write.Identity!) : commands[index].RecordsAffected == 1;
}
