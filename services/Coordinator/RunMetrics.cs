using System.Diagnostics.Metrics;

namespace LoopBus.Coordinator;

/// <summary>What the coordinator counts, in meter LoopBus.Coordinator.</summary>
internal sealed class RunMetrics
{
    private readonly Counter<long> ended;
    private readonly Counter<long> notUnderstood;

    public RunMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("LoopBus.Coordinator");
        ended = meter.CreateCounter<long>("loopbus.runs.ended", "{run}", "Runs ended, by loop and status");
        notUnderstood = meter.CreateCounter<long>("loopbus.not_understood", "{message}", "Acts answered not-understood, by performative and reason");
    }

    public void Ended(string loop, string status) => ended.Add(1, new KeyValuePair<string, object?>("loop", loop), new KeyValuePair<string, object?>("status", status));

    public void NotUnderstood(string performative, string code) =>
        notUnderstood.Add(1, new KeyValuePair<string, object?>("performative", performative), new KeyValuePair<string, object?>("reason", code));
}
