using System.Diagnostics.Metrics;

namespace LoopBus.Planner;

/// <summary>What models claim to have learned, as numbers: how much of it an output says.</summary>
internal sealed class PlannerMetrics : IDisposable
{
    private readonly Meter meter = new("LoopBus.Planner");
    private readonly Counter<long> facts;

    public PlannerMetrics() => facts = meter.CreateCounter<long>("loopbus.planner.facts", "{fact}", "Facts that models named, by whether their source says them.");

    public void Learned(int believed, int unfounded)
    {
        facts.Add(believed, new KeyValuePair<string, object?>("believed", true));
        facts.Add(unfounded, new KeyValuePair<string, object?>("believed", false));
    }

    public void Dispose() => meter.Dispose();
}
