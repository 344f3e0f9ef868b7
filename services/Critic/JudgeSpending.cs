using LoopBus.Contracts.Critique;
using LoopBus.Models;

namespace LoopBus.Critic;

/// <summary>What judging a run took so far, by the journal, and whether it may take more.</summary>
internal sealed class JudgeSpending(Lazy<CriticDbContext> journal, ModelDesk models)
{
    /// <exception cref="ModelException">One more question may pass what the coordinator allows.</exception>
    public async Task Require(ResultHolds asked, IReadOnlyList<ModelMessage> messages, CancellationToken cancellationToken)
    {
        if (await Problem(asked, messages, cancellationToken) is { } over)
            throw ModelException.Of("budget-exceeded", over, retryable: false);
    }

    private async Task<string?> Problem(ResultHolds asked, IReadOnlyList<ModelMessage> messages, CancellationToken cancellationToken)
    {
        if (asked.Allowance is not { } allowance || models.Most(ModelRole.Judge, asked.Loop, messages) is not { } most)
            return null;
        var spent = await ModelSpending.Of(journal.Value, asked.TaskId, cancellationToken);

        return ModelSpending.Over(spent, most, allowance.Tokens, allowance.Usd, "Judging", amount => $"{amount} are allowed until now");
    }
}
