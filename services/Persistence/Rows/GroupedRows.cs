using LoopBus.Persistence.Groups;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Rows;

internal sealed class GroupedRows(IServiceProvider services, GroupCommitter groups) : IRows
{
    public Task<T?> Find<T>(object key, CancellationToken cancellationToken)
        where T : class => services.GetRequiredService<RowTable<T>>().Find([key], cancellationToken);

    public Task<bool> Commit(Action<IRowWrites> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var rows = new GatheredRows(services);
        write(rows);
        return rows.Count == 0 ? Task.FromResult(true) : groups.Commit(Unit.Asking(rows.Take()), cancellationToken);
    }
}
