using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Models;

namespace LoopBus.Executor.Steps;

/// <summary>What the models of this service took for a run so far, by the journal; told with each answer about a step that may ask them, or for which some was reserved.</summary>
internal sealed class StepSpending(Lazy<ExecutorDbContext> journal)
{
    public async Task<Spent?> Of(ExecuteStep step, StepAction? action, CancellationToken cancellationToken) =>
        step.Allowance is not null || action is { Descriptor.AsksModels: true } ? await ModelSpending.Of(journal.Value, step.TaskId, cancellationToken) : null;
}
