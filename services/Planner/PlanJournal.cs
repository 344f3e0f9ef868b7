using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Persistence;

namespace LoopBus.Planner;

/// <summary>Keeps every proposal: a plan is made once, and proposed as often as it is asked for.</summary>
internal sealed class PlanJournal(IRows rows, IUnitOfWork unit, Planners planners, TimeProvider time)
{
    public async Task<Proposal> Answer(MakePlan asked, CancellationToken cancellationToken)
    {
        var key = Key(asked.TaskId, asked.Attempt);
        // What it may take changes from one hour to the next; the question is the same.
        var question = Fingerprint.Of(asked with { Allowance = null });

        if (await rows.Find<PlanEntry>(key, cancellationToken) is { } known)
            return known.Question == question
                ? JsonSerializer.Deserialize<Proposal>(known.Answer)!
                : Proposal.None("key-reused", $"Attempt {asked.Attempt} of '{asked.TaskId}' was planned already, for another request; ask as a further attempt.");

        var proposal = await planners.Plan(asked, cancellationToken);
        // A failure is no answer: asked again, the planner tries again.
        if (proposal.Failed)
            return proposal;

        unit.Insert(new PlanEntry
        {
            Key = key,
            TaskId = asked.TaskId,
            Attempt = asked.Attempt,
            Loop = $"{asked.Loop.Name}@{asked.Loop.Version}",
            Question = question,
            Answer = JsonSerializer.Serialize(proposal),
            MadeAt = time.GetUtcNow(),
        });

        return proposal;
    }

    /// <summary>Writes down what the coordinator said to a proposal; the first word stands.</summary>
    /// <returns>False where there is no such proposal.</returns>
    public async Task<bool> Note(Plan plan, string verdict, string? reason, CancellationToken cancellationToken)
    {
        if (await rows.Find<PlanEntry>(Key(plan.TaskId, plan.Attempt), cancellationToken) is not { } entry)
            return false;

        if (entry.Verdict is null)
            unit.Change(entry, row => (row.Verdict, row.VerdictReason, row.VerdictAt) = (verdict, reason, time.GetUtcNow()));

        return true;
    }

    private static string Key(string taskId, int attempt) => IdempotencyKey.For(taskId, "plan", $"make-{attempt}");
}
