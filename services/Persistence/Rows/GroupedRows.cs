using LoopBus.Persistence.Groups;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Rows;

internal sealed class GroupedRows(IServiceProvider services, GroupCommitter groups) : IRows
{
    public Task<T?> Find<T>(object key, CancellationToken cancellationToken)
        where T : class => Table<T>().Find([key], cancellationToken);

    public Task<bool> Insert<T>(T row, CancellationToken cancellationToken)
        where T : class => Write(Table<T>().Insert(row, conflict: null), cancellationToken);

    public Task<bool> Change<T>(T row, Action<T> change, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(change);
        var seen = Table<T>().Seen(row);
        change(row);
        return Write(Table<T>().Update(row, seen), cancellationToken);
    }

    // As an inbox row: to be late is an answer, no conflict.
    private Task<bool> Write(RowWrite write, CancellationToken cancellationToken) =>
        groups.Commit(new Unit(write, [], notifies: false), cancellationToken);

    private RowTable<T> Table<T>()
        where T : class => services.GetRequiredService<RowTable<T>>();
}
