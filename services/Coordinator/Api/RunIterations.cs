using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.History;
using LoopBus.Coordinator.Runs;
using LoopBus.Loops.Refining;

namespace LoopBus.Coordinator.Api;

/// <summary>What each decision of a run's models cost and gained, by the run's history. Each of its acts tells a sum so far; what an act says twice counts once.</summary>
internal sealed class RunIterations
{
    private readonly Dictionary<string, Spent> spent = [];
    private readonly List<IterationView> iterations = [];
    private Distance? last;

    private RunIterations()
    {
    }

    /// <param name="acts">Proposals of plans and verdicts, oldest first.</param>
    public static IReadOnlyList<IterationView> Of(IEnumerable<HistoryEntry> acts)
    {
        var run = new RunIterations();
        foreach (var act in acts)
            if (act.Content == "plan")
                run.Heard(JsonSerializer.Deserialize<Propose<Plan>>(act.Payload, JsonSerializerOptions.Web)!.Content);
            else
                run.Heard(JsonSerializer.Deserialize<Inform<Verdict>>(act.Payload, JsonSerializerOptions.Web)!.Content);

        return run.iterations;
    }

    private void Heard(Plan plan)
    {
        // A script's plan is no decision of a model.
        if (plan is { Spent: null, Thought: null } || iterations.Exists(known => known.Attempt == plan.Attempt))
            return;
        var action = plan switch { { Thought.Finished: true } => "finish", { Steps: [var step] } => step.Tool, _ => $"{plan.Steps.Count} steps" };
        var (confidence, before) = (plan.Thought?.Confidence, iterations.LastOrDefault(known => known.Confidence is not null)?.Confidence);
        iterations.Add(new IterationView(plan.Attempt, action, 0, 0, confidence, confidence is { } now && before is { } was ? Math.Round(now - was, 4) : null, null));
        Took("planner", plan.Spent);
    }

    private void Heard(Verdict verdict)
    {
        if (iterations.Count == 0)
            return;
        Took("critic", verdict.Spent);
        if (verdict.Subject != RunBehavior.RunSubject || iterations[^1].Verdict is not null)
            return;
        var distance = RunBehavior.DistanceOf(verdict);
        iterations[^1] = iterations[^1] with { Verdict = new IterationVerdict(verdict.Holds, distance.Failing, distance.Unasked, last is { } before ? distance.IsNearerThan(before) : null) };
        last = distance;
    }

    private void Took(string service, Spent? now)
    {
        if (now is null)
            return;
        var before = spent.GetValueOrDefault(service) ?? new Spent(0, 0);
        var it = iterations[^1];
        iterations[^1] = it with { Tokens = it.Tokens + Math.Max(0, now.Tokens - before.Tokens), Usd = it.Usd + (now.Usd - before.Usd) is { } usd ? Math.Max(0, usd) : null };
        if (now.Tokens >= before.Tokens)
            spent[service] = now;
    }
}
