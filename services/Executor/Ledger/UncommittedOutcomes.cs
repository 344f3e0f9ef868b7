using LoopBus.Executor.Steps;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Ledger;

/// <summary>
/// The outcomes that this process saw last. Where a message's commit fails and the message runs again here, what is known is not forgotten:
/// a database that stumbles puts no effect in doubt.
/// </summary>
internal sealed class UncommittedOutcomes(IOptions<ExecutorOptions> options)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, long Fence, StepOutcome Outcome)> _latest = [];

    public void Remember(string key, long fence, StepOutcome outcome)
    {
        lock (_gate)
        {
            _latest.AddFirst((key, fence, outcome));

            if (_latest.Count > 2 * options.Value.Concurrency)
                _latest.RemoveLast();
        }
    }

    /// <returns>How the call under this very claim ended, or null where this process does not know.</returns>
    public StepOutcome? Of(EffectEntry entry)
    {
        if (entry.State != EffectState.Intended)
            return null;

        lock (_gate)
            return _latest.FirstOrDefault(known => known.Key == entry.Key && known.Fence == entry.Fence).Outcome;
    }
}
