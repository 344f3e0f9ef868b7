using LoopBus.Contracts.Planning;
using LoopBus.Models;

namespace LoopBus.Executor.Steps;

/// <summary>What the models of this service took for a run so far, by the journal; told with each answer about a step that may ask them.</summary>
internal sealed class StepSpending(Lazy<ExecutorDbContext> journal)
{
    public async Task<Spent?> Of(StepAction? action, CancellationToken cancellationToken) =>
        action is { Descriptor.AsksModels: true } ? await ModelSpending.Of(journal.Value, action.TaskId, cancellationToken) : null;
}
