using System.Diagnostics.Metrics;

namespace LoopBus.Models;

/// <summary>Model calls as numbers: tokens, failures and latency by endpoint and role.</summary>
internal sealed class ModelMetrics : IDisposable
{
    private readonly Meter meter = new("LoopBus.Models");
    private readonly Counter<long> tokens;
    private readonly Counter<long> failures;
    private readonly Histogram<double> latency;

    public ModelMetrics()
    {
        tokens = meter.CreateCounter<long>("loopbus.model.tokens", "{token}", "Tokens that were paid for.");
        failures = meter.CreateCounter<long>("loopbus.model.failures", "{call}", "Calls that brought no answer, with all their retries.");
        latency = meter.CreateHistogram<double>("loopbus.model.latency", "s", "From the question to the whole answer, retries in it.");
    }

    public void Answered(string endpoint, string role, long tokensIn, long tokensOut, TimeSpan took)
    {
        tokens.Add(tokensIn, new("endpoint", endpoint), new("role", role), new("direction", "in"));
        tokens.Add(tokensOut, new("endpoint", endpoint), new("role", role), new("direction", "out"));
        latency.Record(took.TotalSeconds, new("endpoint", endpoint), new("role", role));
    }

    public void Failed(string endpoint, string role) => failures.Add(1, new("endpoint", endpoint), new("role", role));

    public void Dispose() => meter.Dispose();
}
