using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Intake;
using LoopBus.Coordinator.Overload;
using LoopBus.Coordinator.Registry;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.Loops.Templates;
using LoopBus.Loops.Tools;
using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator;

/// <summary>The verbs of the run's transition table: the beginning, the plan, and the way on.</summary>
internal sealed partial class RunBehavior(
    LoopRegistry loops,
    RunVoice voice,
    RunReporter reporter,
    StepFactory steps,
    PlanMemory plans,
    Admission admission,
    StepRetries retries,
    ToolCatalogue tools,
    TimeProvider time,
    IOptions<CoordinatorOptions> options,
    ILogger<RunBehavior> log)
{
    public bool CanBegin(BehaviorContext<RunState, Request<RunLoop>> c)
    {
        // Who read a trigger from its queue has looked already.
        if (c.TryGetPayload(out ForeignAct? _))
        {
            admission.Enter(c.Message.Content.TaskId);
            return true;
        }

        if ((TriggerRules.Problem(c.Message.Content, loops) ?? Crowd(c)) is not { } problem)
            return true;

        c.AddOrUpdatePayload(() => problem, _ => problem);
        return false;
    }

    public static Task Refuse(BehaviorContext<RunState, Request<RunLoop>> c) => RunReporter.Refuse(c, c.Message.Content, c.GetPayload<TriggerProblem>());

    // What the intake has taken goes on. Another service that asks for a run is refused where it can be told.
    private TriggerProblem? Crowd(BehaviorContext<RunState, Request<RunLoop>> c) =>
        c.ResponseAddress is not null && c.Acl().Sender != "coordinator" && admission.Now() is { } refusal ? TriggerProblem.Of(refusal) : null;

    public async Task Begin(BehaviorContext<RunState, Request<RunLoop>> c)
    {
        var trigger = c.Message.Content;
        var loop = loops.Current(trigger.TaskType)!;
        var run = c.Saga;

        run.TaskId = trigger.TaskId;
        run.Loop = loop.Name;
        run.LoopVersion = loop.Version;
        run.LoopHash = loop.Hash;
        run.MaxIterations = trigger.MaxIterations ?? loop.Limits.Iterations;
        run.StartedAt = time.GetUtcNow();
        run.Document.Trigger = trigger;
        run.Document.Note(run.StartedAt, "began", $"{loop.Name}@{loop.Version}, triggered by {trigger.TriggeredBy ?? "someone unnamed"}");
        log.RunBegan(run.TaskId, run.Loop, run.LoopVersion);

        await reporter.Agree(c, trigger);
        voice.Later(run, DeadlineKind.WallClock, TimeSpan.FromSeconds(loop.Limits.WallClockSeconds));
        if (plans.Of(loop) is { } known)
            Adopt(run, known, "plan known");
        else
            await voice.AskForPlan(c, loop);
    }

    public Task AgreeAgain(BehaviorContext<RunState, Request<RunLoop>> c) => reporter.Agree(c, c.Message.Content);

    public async Task WeighPlan(BehaviorContext<RunState, Propose<Plan>> c)
    {
        if (await Hear(c, Topic.Plan, RunVoice.PlanSubject) is not { } conversation)
            return;

        var document = c.Saga.Document;
        var loop = loops.Pinned(c.Saga.LoopHash);
        document.Took("planner", c.Message.Content.Spent);
        var problems = PlanCheck.Problems(c.Message.Content, loop, tools);
        document.Close(Topic.Plan, RunVoice.PlanSubject);
        await voice.Withdraw(c, Topic.Escalation, RunVoice.PlanSubject);

        if (problems.Count == 0)
        {
            Adopt(c.Saga, c.Message.Content.Steps, "plan accepted");
            plans.Keep(loop, c.Message.Content);
            await c.Reply(new AcceptProposal<Plan>(c.Message.Content));
            return;
        }

        var reason = string.Join(" ", problems);
        conversation.Said.Add(Performative.RejectProposal);
        document.Note(time.GetUtcNow(), "plan rejected", reason);
        await c.Reply(new RejectProposal<Plan>(c.Message.Content, new Reason("plan-breaks-rules", reason)));
        await Replan(c, reason);
    }

    private void Adopt(RunState run, IReadOnlyList<PlannedStep> planned, string what)
    {
        run.Document.Plan = [.. planned];
        run.Document.Note(time.GetUtcNow(), what, $"{planned.Count} steps");
    }

    public async Task PlanRefused(BehaviorContext<RunState, Refuse<MakePlan>> c)
    {
        if (await Hear(c, Topic.Plan, RunVoice.PlanSubject) is null)
            return;

        c.Saga.Document.Took("planner", c.Message.Content.Spent);
        c.Saga.Document.Close(Topic.Plan, RunVoice.PlanSubject);
        TurnBack(c.Saga, TerminationReason.PlanRefused, c.Message.Reason.Text);
    }

    public async Task PlanFailed(BehaviorContext<RunState, Failure<MakePlan>> c)
    {
        if (await Hear(c, Topic.Plan, RunVoice.PlanSubject) is null)
            return;

        c.Saga.Document.Took("planner", c.Message.Content.Spent);
        c.Saga.Document.Close(Topic.Plan, RunVoice.PlanSubject);
        await Replan(c, c.Message.Reason.Text);
    }

    /// <summary>Asks the conductor and does what it says, until it has nothing more to do now.</summary>
    public async Task GoOn(BehaviorContext<RunState> c)
    {
        var run = c.Saga;
        var loop = loops.Pinned(run.LoopHash);
        var before = run.CurrentState;

        while (Conductor.Decide(run, loop, new Fusion(tools, options.Value.SegmentSteps)) is { } decision)
            await Do(c, loop, decision);

        // Nothing new begins in a run that is paused, turns back or is set aside: nor in what the executor has at hand.
        if (run.Document.Paused || run.Document.Ending is not null || run.Next == nameof(RunStateMachine.Quarantined))
            await voice.Halt(c);

        if (run.EndedAt is null)
            run.Next = Conductor.Phase(run.Document);
        // A run that is set aside may go on.
        await voice.SetTimers(c, ended: run.EndedAt is not null && run.Next != nameof(RunStateMachine.Quarantined));
        if (run.Next != before)
            await reporter.Progress(c);
    }

    private async Task Do(BehaviorContext<RunState> c, LoopDefinition loop, Decision decision)
    {
        var run = c.Saga;
        var document = run.Document;

        switch (decision)
        {
            case Decision.Begin(var planned):
                await Try(() => BeginStep(run, loop, planned), problem => TurnBack(run, TerminationReason.StepFailed, $"{planned.Id}: {problem}"));
                break;
            case Decision.AskLeave(var step):
                await voice.AskLeave(c, loop, step);
                break;
            case Decision.Execute(var step):
                retries.Asked();
                await voice.Execute(c, step);
                break;
            case Decision.ExecuteSegment(var first, var followers):
                retries.Asked();
                await voice.ExecuteSegment(c, first, followers);
                break;
            case Decision.GiveUpSegment(var conversation):
                GiveUpSegment(run, conversation);
                break;
            case Decision.Conclude(var planned):
                await Conclude(c, planned);
                break;
            case Decision.VerifyRun:
                await Try(() => VerifyRun(c, loop), problem => TurnBack(run, TerminationReason.VerificationFailed, problem));
                break;
            case Decision.TurnBack(var ending):
                document.Ending = ending;
                document.Note(time.GetUtcNow(), "turned back", ending.Sentence);
                break;
            case Decision.Drop(var step):
                step.Status = StepStatus.Dropped;
                await voice.Withdraw(c, Topic.Gate, step.Id);
                break;
            case Decision.Compensate(var step):
                await Try(() => voice.Compensate(c, step), problem => GiveUpUndo(run, step, problem));
                break;
            case Decision.End(var state, var sentence):
                await End(c, loop, state, sentence);
                break;
        }
    }

    private Task BeginStep(RunState run, LoopDefinition loop, PlannedStep planned)
    {
        run.Document.Steps.AddRange(steps.Make(run, loop, planned));
        run.Document.Planned[planned.Id] = PlannedStatus.Executing;
        run.Iteration++;

        return Task.CompletedTask;
    }

    private async Task Conclude(BehaviorContext<RunState> c, PlannedStep planned)
    {
        var document = c.Saga.Document;

        if (planned.Verify is not { Count: > 0 } checks)
        {
            document.Planned[planned.Id] = PlannedStatus.Done;
            return;
        }

        document.Planned[planned.Id] = PlannedStatus.Critiquing;
        await Try(
            () => voice.Verify(c, planned.Id, StepFactory.Output(document, planned.Id), checks),
            problem => TurnBack(c.Saga, TerminationReason.VerificationFailed, $"{planned.Id}: {problem}"));
    }

    private async Task VerifyRun(BehaviorContext<RunState> c, LoopDefinition loop)
    {
        c.Saga.Document.Result ??= Result(c.Saga, loop);
        await voice.Verify(c, RunSubject, c.Saga.Document.Result ?? StepFactory.EmptyObject, loop.Verification);
    }

    private async Task End(BehaviorContext<RunState> c, LoopDefinition loop, string state, string sentence)
    {
        var run = c.Saga;

        if (state == nameof(RunStateMachine.Completed))
            await Try(
                () => Task.FromResult(run.Document.Result ??= Result(run, loop)),
                problem => run.Document.Note(time.GetUtcNow(), "result could not be made", problem));

        run.EndedAt = time.GetUtcNow();
        run.Reason = sentence;
        run.Next = state;
        log.RunEnded(run.TaskId, RunStatuses.Of(state), sentence);

        await voice.Withdraw(c, Topic.Gate);
        await voice.Withdraw(c, Topic.Escalation);
        await voice.Withdraw(c, Topic.Effect);
        await reporter.Outcome(c);
    }

    private async Task Replan(BehaviorContext<RunState> c, string why)
    {
        var run = c.Saga;
        var loop = loops.Pinned(run.LoopHash);
        run.Document.Rejections.Add(why);

        if (Terminator.Decide(Conductor.Figures(run), Conductor.Limits(run, loop)) is null)
            await voice.AskForPlan(c, loop);
    }

    private static System.Text.Json.JsonElement? Result(RunState run, LoopDefinition loop) =>
        loop.Result is { } result ? Template.Render(result, StepFactory.Scope(run))
        : loop.Planner == LoopDefinition.Model ? StepFactory.LastOutput(run.Document)
        : null;

    private void TurnBack(RunState run, TerminationReason fact, string detail)
    {
        run.Document.Ending ??= Ending.Of(fact, detail);
        run.Document.Note(time.GetUtcNow(), "turned back", run.Document.Ending.Sentence);
    }

    private static async Task Try(Func<Task> work, Action<string> failed)
    {
        try
        {
            await work();
        }
        catch (TemplateException exception)
        {
            failed(exception.Message);
        }
    }

    // No step has such an id: the loop file allows letters, digits, dashes and underscores only.
    private const string RunSubject = "@run";
}
