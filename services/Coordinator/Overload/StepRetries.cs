using LoopBus.Hosting;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Overload;

/// <summary>When failed steps are tried again, over all runs: as each run's own backoff says, while the process's budget of retries lasts; else later.</summary>
internal sealed class StepRetries(AdmissionMetrics metrics, TimeProvider time, IOptions<CoordinatorOptions> options)
{
    private readonly RetryBudget budget = new(options.Value.RetryShare, options.Value.RetriesPerSecond, time);

    public void Asked() => budget.Called();

    /// <param name="backoff">What the run would wait by itself.</param>
    /// <param name="jitter">A number in [0, 1): who is put off together does not come back together.</param>
    public TimeSpan After(TimeSpan backoff, double jitter)
    {
        if (budget.TrySpend())
            return backoff;

        metrics.PutOff();
        return backoff + TimeSpan.FromSeconds(options.Value.RetryPauseSeconds * (1 + jitter));
    }
}
