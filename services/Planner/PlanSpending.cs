using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Models;

namespace LoopBus.Planner;

/// <summary>What planning a run took so far, by the journal, and whether it may take more.</summary>
internal sealed class PlanSpending(Lazy<PlannerDbContext> journal, ModelDesk models)
{
    public Task<Spent> Of(string taskId, CancellationToken cancellationToken) => ModelSpending.Of(journal.Value, taskId, cancellationToken);

    /// <exception cref="ModelException">One more question may pass the loop's limits.</exception>
    public async Task Require(string taskId, LoopDefinition loop, IReadOnlyList<ModelMessage> messages, CancellationToken cancellationToken)
    {
        if (await Problem(taskId, loop, messages, cancellationToken) is { } over)
            throw ModelException.Of("budget-exceeded", over, retryable: false);
    }

    // Its most is its longest answer; what cannot be known counts as too much.
    private async Task<string?> Problem(string taskId, LoopDefinition loop, IReadOnlyList<ModelMessage> messages, CancellationToken cancellationToken)
    {
        if (loop.Limits is { Tokens: null, Usd: null } || models.Most(ModelRole.Planner, loop.Name, messages) is not { } most)
            return null;
        var spent = await Of(taskId, cancellationToken);
        if (spent.Tokens + most.Tokens > loop.Limits.Tokens)
            return $"Planning took {spent.Tokens} tokens, and one more question up to {most.Tokens}; the loop's limit is {loop.Limits.Tokens}.";
        if (loop.Limits.Usd is { } usd && (spent.Usd is null || most.Usd is null))
            return $"The loop's limit is {usd} US dollars, and the price of the model is not known: set its InputPrice and OutputPrice in {ModelsOptions.Section}:Endpoints.";
        if (spent.Usd + most.Usd > loop.Limits.Usd)
            return $"Planning cost {spent.Usd:0.####} US dollars, and one more question up to {most.Usd:0.####}; the loop's limit is {loop.Limits.Usd:0.####}.";

        return null;
    }
}
