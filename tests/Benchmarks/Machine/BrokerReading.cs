using System.Text.Json;
using LoopBus.Testing.Processes;

namespace LoopBus.Benchmarks.Machine;

/// <summary>The broker's counters: messages published to it and delivered by it.</summary>
internal sealed record BrokerReading(double Published, double Delivered)
{
    // The management plugin gathers them every five seconds.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(6);

    /// <summary>Reads the counters of a broker that has nothing to do, once they are complete.</summary>
    public static async Task<BrokerReading> Take(PrivateServers servers, TimeProvider time)
    {
        await Task.Delay(Late, time);
        var overview = await servers.Manage("overview");
        return new BrokerReading(Count(overview, "publish"), Count(overview, "deliver_get"));
    }

    public static BrokerReading operator -(BrokerReading after, BrokerReading before) =>
        new(after.Published - before.Published, after.Delivered - before.Delivered);

    public static BrokerReading operator /(BrokerReading messages, double count) => new(messages.Published / count, messages.Delivered / count);

    private static double Count(JsonElement overview, string name) =>
        overview.GetProperty("message_stats").TryGetProperty(name, out var count) ? count.GetDouble() : 0;
}
