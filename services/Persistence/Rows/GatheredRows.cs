using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Rows;

/// <summary>The rows that one unit of work writes, in the order they came.</summary>
internal sealed class GatheredRows(IServiceProvider services) : IRowWrites
{
    private readonly Lock gate = new();
    private readonly List<(object Row, Func<RowWrite> Write)> rows = [];
    private int taken;

    public int Count => rows.Count;

    public void Append<T>(T row)
        where T : class
    {
        var table = Table<T>();
        Add(row, () => table.Append(row));
    }

    public void Insert<T>(T row)
        where T : class
    {
        var table = Table<T>();
        Add(row, () => table.Insert(row));
    }

    public void Change<T>(T row, Action<T> change)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(change);
        var table = Table<T>();
        var seen = table.Seen(row);
        change(row);
        Add(row, () => table.Update(row, seen));
    }

    public void Update<T>(T row, params object?[] was)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(was);
        var table = Table<T>();
        var seen = table.Seen(row, was);
        Add(row, () => table.Update(row, seen));
    }

    public void Add(RowWrite write) => Add(write, () => write);

    /// <summary>From the first again.</summary>
    public void Restart() => taken = 0;

    /// <summary>The rows that came since the last call.</summary>
    public List<RowWrite> Take()
    {
        lock (gate)
        {
            var writes = rows[taken..].ConvertAll(row => row.Write());
            taken = rows.Count;
            return writes;
        }
    }

    private void Add(object row, Func<RowWrite> write)
    {
        lock (gate)
        {
            // A row that is to be written in any case is written as it is at the commit.
            if (!rows.Exists(added => ReferenceEquals(added.Row, row)))
                rows.Add((row, write));
        }
    }

    private RowTable<T> Table<T>()
        where T : class => services.GetRequiredService<RowTable<T>>();
}
