using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.Loops.Observation;
using LoopBus.Loops.Refining;
using LoopBus.Loops.Templates;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>The verbs for runs that a model plans: its next actions, what they brought, and what is done where it does not get on.</summary>
internal sealed partial class RunBehavior
{
    private List<string> Problems(RunState run, LoopDefinition loop, Plan plan)
    {
        var document = run.Document;
        var done = (document.Plan ?? []).FindAll(step => document.IsDone(step.Id));
        var problems = PlanCheck.Problems(plan, loop, tools, done).ToList();

        if (problems.Count == 0)
            problems.AddRange(plan.Steps.Where(step => document.Planned.ContainsKey(step.Id) && !document.IsDone(step.Id)).Select(step => $"steps: {step.Id} was tried, and given up; take another id."));

        return problems;
    }

    /// <summary>Tells an action that goes in a circle from one that gets on. The run hears it so often as its loop allows; then it is stuck.</summary>
    /// <returns>Whether the action was turned down.</returns>
    private async Task<bool> TurnDownRepetition(BehaviorContext<RunState, Propose<Plan>> c, LoopDefinition loop, Conversation conversation)
    {
        var document = c.Saga.Document;
        if (!loop.IsStepwise || c.Message.Content.Steps is not [var next])
            return false;

        string circle;
        try
        {
            var arguments = Template.Render(next.Arguments, StepFactory.Scope(c.Saga));
            if (new Repetition(tools).Find([.. document.Turns.Skip(document.Freed)], next.Tool, arguments, c.Message.Content.Thought?.Subgoal) is not { } found)
                return false;
            circle = found;
        }
        catch (TemplateException exception)
        {
            await TurnDown(c, conversation, TurnedDown, new Reason(ReasonCodes.PlanBreaksRules, exception.Message));
            await Replan(c, exception.Message);

            return true;
        }

        await TurnDown(c, conversation, TurnedDown, new Reason("repeats", circle));

        if (++document.Stalls > loop.Limits.Nudge)
            await Stuck(c, loop, Ending.Of(TerminationReason.Stalled, circle));
        else
        {
            document.Guide("stall", $"{circle} What it brought is known: do something else, or finish.", "coordinator");
            await voice.AskForPlan(c, loop);
        }

        return true;
    }

    private const string TurnedDown = "action turned down";

    private void Adopt(RunState run, LoopDefinition loop, Plan plan)
    {
        var document = run.Document;
        var thought = plan.Thought;
        Adopt(run, [.. (document.Plan ?? []).Where(step => document.Planned.ContainsKey(step.Id)), .. Gated(loop, plan.Steps)], thought?.Finished == true ? "finished by the planner" : "plan accepted");
        document.Undecided = false;

        if (loop.Planner == LoopDefinition.Model && plan.Steps.Count > 0)
            document.Newest = [.. plan.Steps.Select(step => step.Id)];
        if (thought is null)
            return;

        foreach (var step in plan.Steps)
            (document.Intents ??= [])[step.Id] = new Intent(thought.Subgoal, thought.Confidence);
        document.Learn(thought.Facts ?? []);
        if (thought.Lesson is { Length: > 0 } lesson && (document.Lessons ??= []).Count < MostLessons)
            document.Lessons.Add(lesson);
        // A decision is rejected so often as the loop allows; the next one begins anew.
        if (loop.IsStepwise)
            document.Rejections.Clear();
        document.Finished = thought.Finished;
        if (thought.Finished)
            document.Result = thought.Result ?? (document.Settled > 0 ? StepFactory.LastOutput(document) : null);
    }

    // Tools that always wait for people in this loop, whoever planned them.
    private static IEnumerable<PlannedStep> Gated(LoopDefinition loop, IEnumerable<PlannedStep> planned) =>
        planned.Select(step => loop.Gates?.Contains(step.Tool) == true ? step with { Gate = true } : step);

    /// <summary>What the loop does with a result that is found good becomes part of the plan.</summary>
    private void Follow(RunState run, LoopDefinition loop)
    {
        run.Document.Result ??= Result(run, loop);
        Adopt(run, [.. run.Document.Plan!, .. Gated(loop, loop.Then!)], "the result is used");
    }

    /// <summary>Where no model answers, a loop may have a plan of its own.</summary>
    /// <returns>Whether the run goes by it.</returns>
    private bool FallBack(RunState run, Reason reason)
    {
        var (document, loop) = (run.Document, loops.Pinned(run.LoopHash));
        if (loop.Fallback is not { Count: > 0 } fallback || FellBack(document, loop) || !reason.Code.StartsWith("model-", StringComparison.Ordinal))
            return false;

        Adopt(run, [.. (document.Plan ?? []).Where(step => document.Planned.ContainsKey(step.Id)), .. Gated(loop, fallback)], $"fell back, for no model answers: {reason.Text}");
        document.Newest = [.. fallback.Select(step => step.Id)];
        (document.Undecided, document.Finished, document.Result) = (false, true, null);

        return true;
    }

    private static bool FellBack(RunDocument document, LoopDefinition loop) =>
        loop.Fallback is [var first, ..] && document.Plan?.Exists(step => step.Id == first.Id) == true;

    /// <summary>Looks whether the invariants hold after what the last actions brought, and has the remedy of each that does not.</summary>
    private async Task Observe(BehaviorContext<RunState> c, LoopDefinition loop)
    {
        var document = c.Saga.Document;
        document.Observed = document.Settled;
        await Remedy(c, loop, loop.Invariants!, new Observed(document.Turns, document.Facts ?? [], document.Tokens, document.Usd, loop.Limits));
    }

    /// <summary>Looks whether a result says anything new: the silent drift is a run that always brings the same.</summary>
    private async Task LookBack(BehaviorContext<RunState> c, LoopDefinition loop)
    {
        var document = c.Saga.Document;
        document.LookedBack = true;
        var fresh = loop.Invariants!.Where(invariant => invariant.Kind == InvariantKinds.Fresh).ToList();
        var runs = fresh.Max(invariant => invariant.Parameters.GetProperty("runs").GetInt32());
        document.Result ??= Result(c.Saga, loop);
        await Remedy(c, loop, fresh, new Observed([], [], 0, 0, loop.Limits, document.Result, await earlier.Of(c.Saga, runs, c.CancellationToken)));
    }

    private async Task Remedy(BehaviorContext<RunState> c, LoopDefinition loop, IReadOnlyList<LoopInvariant> invariants, Observed observed)
    {
        var document = c.Saga.Document;
        var known = (document.Invariants ?? []).ToDictionary(status => status.Name);
        foreach (var status in Invariants.Check(invariants, observed))
            known[status.Name] = status with { Relaxed = document.Relaxed?.Contains(status.Name) == true };
        document.Invariants = [.. loop.Invariants!.Select(invariant => known.GetValueOrDefault(invariant.Name)).OfType<InvariantStatus>()];

        foreach (var invariant in invariants.Where(invariant => known[invariant.Name] is { Holds: false, Relaxed: false }).OrderByDescending(invariant => Severity(invariant.Remedy)))
        {
            var broken = $"{invariant.Name}: {known[invariant.Name].Text}";
            document.Note(time.GetUtcNow(), $"invariant {invariant.Name} does not hold", $"{known[invariant.Name].Text}; {invariant.Remedy}");

            switch (invariant.Remedy)
            {
                case Remedies.Stop:
                    TurnBack(c.Saga, TerminationReason.InvariantBroken, broken);
                    return;
                case Remedies.Escalate:
                    await Stuck(c, loop, Ending.Of(TerminationReason.InvariantBroken, broken), escalate: true);
                    return;
                case Remedies.ChangeStrategy when ++document.Stalls > loop.Limits.Nudge:
                    await Stuck(c, loop, Ending.Of(TerminationReason.Stalled, broken));
                    return;
                case Remedies.ChangeStrategy:
                    document.Guide("invariant", $"{broken}. Go another way than until now.", "coordinator");
                    break;
            }
        }
    }

    private static int Severity(string remedy) => remedy switch { Remedies.Stop => 3, Remedies.Escalate => 2, Remedies.ChangeStrategy => 1, _ => 0 };

    /// <summary>The run cannot go on by itself: it turns back, or people are asked, where the loop says so.</summary>
    private async Task Stuck(BehaviorContext<RunState> c, LoopDefinition loop, Ending ending, bool escalate = false)
    {
        var document = c.Saga.Document;
        if (!escalate && loop.OnStuck != Remedies.Escalate)
        {
            document.Ending ??= ending;
            document.Note(time.GetUtcNow(), "turned back", ending.Sentence);
            return;
        }

        await voice.Escalate(c, EscalationKind.Stuck, stepId: null, "The run does not get on by itself. Shall it go on?", ending.Sentence, Packets.Of(c.Saga, loop, ending));
    }

    // Time and money stay what they are: nobody gives more of them in a form.
    private static bool MayGoOn(TerminationReason reason) => reason is TerminationReason.MaxIterationsExceeded or TerminationReason.TooManyErrors
        or TerminationReason.RetriesExhausted or TerminationReason.ReplansExhausted;

    /// <summary>People let a stuck run go on: with what they say to it, and with its limits anew.</summary>
    private async Task GoOnAfter(BehaviorContext<RunState> c, Intervention? said)
    {
        var run = c.Saga;
        var document = run.Document;
        var loop = loops.Pinned(run.LoopHash);

        if (said?.Fact is { Length: > 0 } fact)
        {
            var (key, value) = fact.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } before, { Length: > 0 } after] ? (before, after) : ("told", fact);
            document.Learn([new Fact(key, value, Observed.Person)]);
            document.Guide("fact", fact, said.By);
        }

        if (said?.Subgoal is { Length: > 0 } subgoal)
            document.Guide("subgoal", subgoal, said.By);
        foreach (var name in (said?.Relax ?? []).Where(name => loop.Invariants?.Any(invariant => invariant.Name == name) == true))
            (document.Relaxed ??= []).Add(name);

        (document.Stalls, document.Retries, document.Replanned, run.Errors) = (0, 0, 0, 0);
        document.Freed = document.Settled;
        document.Rejections.Clear();
        run.MaxIterations = Math.Max(run.MaxIterations, Math.Min(1000, run.Iteration + loop.Limits.Iterations));

        if (document.Plan is null && !document.IsOpen(Topic.Plan))
            await voice.AskForPlan(c, loop);
    }

    public static Distance DistanceOf(Verdict verdict) =>
        new(verdict.Evidence.Count(evidence => evidence.Unasked), verdict.Evidence.Count(evidence => evidence is { Holds: false, Unasked: false }));

    /// <summary>A result that the critic did not find good is mended, so often as the loop allows, and from the second time on where the last one brought it nearer.</summary>
    /// <returns>Whether it is mended.</returns>
    private bool Refine(RunState run, Distance now, string objection)
    {
        var (document, loop) = (run.Document, loops.Pinned(run.LoopHash));
        if (loop.Planner != LoopDefinition.Model || FellBack(document, loop) || document.Ending is not null)
            return false;
        var before = document.Objected;
        document.Objected = now;
        if (!Refinement.IsWorthwhile(document.Refined, loop.Limits.Refine, before, now))
        {
            if (document.Refined < loop.Limits.Refine)
                document.Note(time.GetUtcNow(), "not refined again", $"the last time gained nothing: {Words(before)} before it, {Words(now)} after it");
            return false;
        }

        document.Refined++;
        document.Guide("feedback", $"The result was not found good: {objection}", "critic");
        (document.Undecided, document.Finished, document.Result, document.LookedBack) = (true, false, null, false);
        document.Note(time.GetUtcNow(), "refining", $"{document.Refined} of {loop.Limits.Refine}");

        return true;
    }

    private static string Words(Distance? distance) => distance is { } known ? $"{known.Failing} checks did not hold and {known.Unasked} were not asked" : "nobody knows what held";

    /// <summary>A step of a run that a model plans failed for good: what is left of the plan is decided anew.</summary>
    private static void GiveUpStep(RunState run, LoopDefinition loop, PlannedStep planned)
    {
        var document = run.Document;
        document.Planned[planned.Id] = PlannedStatus.GivenUp;
        document.Undecided = true;
        if (!loop.IsStepwise)
            document.Replanned++;
    }

    private const int MostLessons = 20;
}
