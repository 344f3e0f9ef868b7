using LoopBus.Persistence;

namespace LoopBus.Executor;

/// <summary>LoopBus:Executor:ExitAt, an <see cref="ExitOrder"/> at a point of a step's way.</summary>
internal sealed class ExitAtPoint(ExitOrder order) : ICrashPoint
{
    private static readonly string[] Points = ["unclaimed", "claimed", "kept", "before-call", "after-call", "resolved"];

    public static ExitAtPoint? Configured(IConfiguration configuration) =>
        ExitOrder.Configured(configuration, $"{ExecutorOptions.Section}:ExitAt", Points) is { } order ? new ExitAtPoint(order) : null;

    public void Pass(string point) => order.Pass(point);
}
