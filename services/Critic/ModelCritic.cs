using LoopBus.Contracts.Critique;
using LoopBus.Loops;
using LoopBus.Models;

namespace LoopBus.Critic;

/// <summary>Facts first: a model is asked about a result only where all grounded checks hold, and can not talk them away.</summary>
internal sealed class ModelCritic(GroundedCritic grounded, RubricJudge judge, Lazy<CriticDbContext> journal) : ICritic
{
    public async Task<Verdict> Judge(ResultHolds asked, CancellationToken cancellationToken)
    {
        var rubrics = asked.Checks.Where(check => CheckKinds.Judged.Contains(check.Kind)).ToList();
        var verdict = await grounded.Judge(asked with { Checks = [.. asked.Checks.Except(rubrics)] }, cancellationToken);
        if (rubrics.Count == 0)
            return verdict;

        var evidence = verdict.Evidence.ToList();
        foreach (var (index, rubric) in rubrics.Index())
            evidence.AddRange(evidence.TrueForAll(each => each.Holds)
                ? await judge.Judge(asked, rubric, index, cancellationToken)
                : [new Evidence(rubric.Kind, false, "Not asked: a check before it does not hold.", Unasked: true)]);

        return verdict with { Holds = evidence.TrueForAll(each => each.Holds), Evidence = evidence, Spent = await ModelSpending.Of(journal.Value, asked.TaskId, cancellationToken) };
    }
}
