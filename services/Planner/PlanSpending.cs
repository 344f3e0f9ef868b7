using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Loops;
using LoopBus.Models;

namespace LoopBus.Planner;

/// <summary>What planning a run took so far, by the journal, and whether it may take more.</summary>
internal sealed class PlanSpending(Lazy<PlannerDbContext> journal, ModelDesk models)
{
    public Task<Spent> Of(string taskId, CancellationToken cancellationToken) => ModelSpending.Of(journal.Value, taskId, cancellationToken);

    /// <exception cref="ModelException">One more question may pass the loop's limits, or what the coordinator allows.</exception>
    public Task Require(MakePlan asked, LoopDefinition loop, string role, IReadOnlyList<ModelMessage> messages, CancellationToken cancellationToken) => Require(
        asked.TaskId, loop.Name, role, messages, [new Bound("the loop's limit", loop.Limits.Tokens, loop.Limits.Usd), Allowed(asked.Allowance)], cancellationToken);

    /// <inheritdoc cref="Require(MakePlan, LoopDefinition, string, IReadOnlyList{ModelMessage}, CancellationToken)"/>
    public Task Require(RunLearned run, IReadOnlyList<ModelMessage> messages, CancellationToken cancellationToken) =>
        Require(run.TaskId, run.Loop.Name, ModelRole.Embedding, messages, [Allowed(run.Allowance)], cancellationToken);

    private static Bound Allowed(Spent? allowance) => new("what it may take of the day's budget and the run's", allowance?.Tokens, allowance?.Usd);

    private async Task Require(string taskId, string loop, string role, IReadOnlyList<ModelMessage> messages, Bound[] bounds, CancellationToken cancellationToken)
    {
        if (bounds.All(bound => bound is { Tokens: null, Usd: null }) || models.Most(role, loop, messages) is not { } most)
            return;
        var spent = await Of(taskId, cancellationToken);
        if (bounds.Select(bound => ModelSpending.Over(spent, most, bound.Tokens, bound.Usd, "Planning", amount => $"{bound.Name} is {amount}")).FirstOrDefault(over => over is not null) is { } problem)
            throw ModelException.Of("budget-exceeded", problem, retryable: false);
    }

    private sealed record Bound(string Name, long? Tokens, decimal? Usd);
}
