using System.Diagnostics.Metrics;

namespace LoopBus.Hosting.Conversations;

internal static class NotUnderstoodCount
{
    public static Counter<long> Counter { get; } =
        new Meter("LoopBus").CreateCounter<long>("loopbus.not_understood", "{message}", "Messages that broke their protocol and were answered not-understood.");
}
