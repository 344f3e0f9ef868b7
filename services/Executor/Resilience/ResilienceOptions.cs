using System.ComponentModel.DataAnnotations;

namespace LoopBus.Executor.Resilience;

/// <summary>How calls that leave this machine are kept from harming it, or the far side; one bulkhead and one breaker per tool and target.</summary>
internal sealed class ResilienceOptions
{
    public const string Section = "LoopBus:Executor:Resilience";

    /// <summary>Further tries, within the step's time, of calls that have no effect; 0 leaves all tries to the run.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    [Range(0.001, 60)]
    public double RetryDelaySeconds { get; set; } = 0.2;

    /// <summary>Over all runs, how many of its calls a process tries again: this share, and so many a second besides; beyond, a failure is told at once.</summary>
    [Range(0, 1)]
    public double RetryShare { get; set; } = 0.2;

    [Range(0, 10_000)]
    public double RetriesPerSecond { get; set; } = 2;

    /// <summary>The share of failures, 0 to 1, at which the breaker opens.</summary>
    [Range(0.01, 1)]
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>The fewest calls in a sampling time that are enough to open the breaker.</summary>
    [Range(2, 10_000)]
    public int BreakerMinimumCalls { get; set; } = 8;

    [Range(0.5, 3600)]
    public double BreakerSamplingSeconds { get; set; } = 30;

    /// <summary>How long an open breaker lets nothing through; then one call probes.</summary>
    [Range(0.5, 3600)]
    public double BreakerCooldownSeconds { get; set; } = 15;

    /// <summary>Calls at once to one target.</summary>
    [Range(1, 1000)]
    public int BulkheadCalls { get; set; } = 8;

    /// <summary>Calls that wait for their turn; more are turned away at once.</summary>
    [Range(0, 10_000)]
    public int BulkheadQueue { get; set; } = 64;
}
