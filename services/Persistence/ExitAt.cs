using Microsoft.Extensions.Configuration;

namespace LoopBus.Persistence;

/// <summary>LoopBus:Database:ExitAt, an <see cref="ExitOrder"/> at a <see cref="CommitPoint"/>.</summary>
internal sealed class ExitAt(ExitOrder order) : ICommitFault
{
    public static ExitAt? Configured(IConfiguration configuration) =>
        ExitOrder.Configured(configuration, $"{PersistenceOptions.Section}:ExitAt", Enum.GetNames<CommitPoint>()) is { } order ? new ExitAt(order) : null;

    public void Reached(CommitPoint point) => order.Pass(point.ToString());
}
