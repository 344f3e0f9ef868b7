using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Models;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Planner;

/// <summary>What planning a run took so far, by the journal, and whether it may take more.</summary>
internal sealed class PlanSpending(Lazy<PlannerDbContext> journal, ModelDesk models)
{
    public async Task<Spent> Of(string taskId, CancellationToken cancellationToken)
    {
        var calls = journal.Value.Set<ModelCall>().Where(call => call.TaskId == taskId);
        var sum = await calls.GroupBy(call => call.TaskId)
            .Select(run => new { Tokens = run.Sum(call => call.InputTokens + call.OutputTokens), Usd = run.Sum(call => call.Usd), Unknown = run.Any(call => call.Usd == null) })
            .FirstOrDefaultAsync(cancellationToken);

        return sum is null ? new Spent(0, 0) : new Spent(sum.Tokens, sum.Unknown ? null : sum.Usd);
    }

    /// <summary>Why one more question would pass the loop's limits, at its longest answer; null where it fits. What cannot be known counts as too much.</summary>
    public async Task<string?> Problem(string taskId, LoopDefinition loop, IReadOnlyList<ModelMessage> messages, CancellationToken cancellationToken)
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
