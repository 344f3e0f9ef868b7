using Polly;

namespace LoopBus.Executor.Resilience;

internal sealed class BulkheadOptions : ResilienceStrategyOptions
{
    public BulkheadOptions() => Name = "Bulkhead";
}
