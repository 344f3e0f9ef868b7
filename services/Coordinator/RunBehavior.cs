using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Budgets;
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
    EarlierResults earlier,
    Admission admission,
    DayBudgets dayBudgets,
    RunBudgets budgets,
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

    public Task Refuse(BehaviorContext<RunState, Request<RunLoop>> c)
    {
        var problem = c.GetPayload<TriggerProblem>();
        log.NotBegun(c.Message.Content.TaskId, problem.Code, problem.Text);

        return RunReporter.Refuse(c, c.Message.Content, problem);
    }

    // What the intake has taken goes on. Another service that asks for a run is refused where it can be told.
    private TriggerProblem? Crowd(BehaviorContext<RunState, Request<RunLoop>> c) =>
        c.ResponseAddress is not null && c.Acl().Sender != "coordinator" && (admission.Now() ?? dayBudgets.Refusal(c.Message.Content)) is { } refusal ? TriggerProblem.Of(refusal) : null;

    public async Task Begin(BehaviorContext<RunState, Request<RunLoop>> c)
    {
        var trigger = c.Message.Content;
        var loop = loops.Current(trigger.TaskType)!;
        var run = c.Saga;

        run.TaskId = trigger.TaskId;
        run.Loop = loop.Name;
        run.LoopVersion = loop.Version;
        run.LoopHash = loop.Hash;
        run.Tenant = trigger.Tenant?.ToLowerInvariant();
        run.MaxIterations = trigger.MaxIterations ?? loop.Limits.Iterations;
        run.StartedAt = time.GetUtcNow();
        run.Document.Trigger = trigger;
        run.Document.Note(run.StartedAt, "began", $"{loop.Name}@{loop.Version}, triggered by {trigger.TriggeredBy ?? "someone unnamed"}");
        log.RunBegan(run.TaskId, run.Loop, run.LoopVersion);

        await reporter.Agree(c, trigger);
        voice.Later(run, DeadlineKind.WallClock, TimeSpan.FromSeconds(loop.Limits.WallClockSeconds));
        if (plans.Of(loop) is { } known)
            Adopt(run, [.. known], "plan known");
        else
            await voice.AskForPlan(c, loop);
    }

    public Task AgreeAgain(BehaviorContext<RunState, Request<RunLoop>> c) => reporter.Agree(c, c.Message.Content);

    public async Task WeighPlan(BehaviorContext<RunState, Propose<Plan>> c)
    {
        if (await HearPlan(c) is not { } conversation)
            return;

        var loop = loops.Pinned(c.Saga.LoopHash);
        var problems = Problems(c.Saga, loop, c.Message.Content);

        if (problems.Count > 0)
        {
            var reason = string.Join(" ", problems);
            await TurnDown(c, conversation, "plan rejected", new Reason(ReasonCodes.PlanBreaksRules, reason));
            await Replan(c, reason);
        }
        else if (!await TurnDownRepetition(c, loop, conversation))
        {
            Adopt(c.Saga, loop, c.Message.Content);
            plans.Keep(loop, c.Message.Content);
            await c.Reply(new AcceptProposal<Plan>(c.Message.Content));
        }
    }

    /// <summary>The planner has answered: nobody waits for it any more, and nobody is asked whether to.</summary>
    /// <param name="brings">Whether there is a plan in it; that there is none ends only that question, where it was asked anew.</param>
    /// <returns>Null also where the run turns back: it goes by no plan any more.</returns>
    private async Task<Conversation?> HearPlan<T>(BehaviorContext<RunState, T> c, bool brings = true)
        where T : class
    {
        if (await Hear(c, Topic.Plan, RunVoice.PlanSubject) is not { } conversation)
            return null;

        if (!brings && IsAskedAnew(c.Saga.Document, conversation))
            return null;

        c.Saga.Document.Close(Topic.Plan, RunVoice.PlanSubject);
        await voice.Withdraw(c, Topic.Escalation, RunVoice.PlanSubject, EscalationKind.MissingAnswer);

        return c.Saga.Document.Ending is null ? conversation : null;
    }

    private async Task TurnDown(BehaviorContext<RunState, Propose<Plan>> c, Conversation conversation, string what, Reason reason)
    {
        conversation.Said.Add(Performative.RejectProposal);
        c.Saga.Document.Note(time.GetUtcNow(), what, reason.Text);
        await c.Reply(new RejectProposal<Plan>(c.Message.Content, reason));
    }

    private void Adopt(RunState run, List<PlannedStep> planned, string what)
    {
        run.Document.Plan = planned;
        run.Document.Note(time.GetUtcNow(), what, planned.Count == 1 ? "1 step" : $"{planned.Count} steps");
    }

    public async Task PlanRefused(BehaviorContext<RunState, Refuse<MakePlan>> c)
    {
        var reason = c.Message.Reason;

        if (await HearPlan(c, brings: false) is null || FallBack(c.Saga, reason))
            return;
        if (reason.Code == ReasonCodes.NoQuorum)
            await Stuck(c, loops.Pinned(c.Saga.LoopHash), Ending.Of(TerminationReason.NoQuorum, reason.Text));
        else
            TurnBack(c.Saga, Fact(reason.Code, TerminationReason.PlanRefused), reason.Text);
    }

    public async Task PlanFailed(BehaviorContext<RunState, Failure<MakePlan>> c)
    {
        if (await HearPlan(c, brings: false) is not null && !FallBack(c.Saga, c.Message.Reason))
            await Replan(c, c.Message.Reason.Text);
    }

    /// <summary>Asks the conductor and does what it says, until it has nothing more to do now.</summary>
    public async Task GoOn(BehaviorContext<RunState> c)
    {
        var run = c.Saga;
        var loop = loops.Pinned(run.LoopHash);
        var before = run.CurrentState;

        while (Conductor.Decide(run, loop, new Fusion(loop, tools, options.Value.SegmentSteps)) is { } decision)
            await Do(c, loop, decision);

        // What does not take a run up that is set aside leaves it there.
        run.Next = run.EndedAt is null ? Conductor.Phase(run.Document) : run.Next.Length > 0 ? run.Next : before;
        // Nothing new begins in a run that is paused, turns back, is set aside or decides anew: nor in what the executor has at hand.
        if (run.Document.Paused || run.Document.Undecided || run.Document.Ending is not null || run.Next == nameof(RunStateMachine.Quarantined))
            await voice.Halt(c);

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
            case Decision.Announce(var step):
                retries.Asked();
                await voice.Announce(c, loop, step);
                break;
            case Decision.ExecuteSegment(var first, var followers):
                retries.Asked();
                await voice.ExecuteSegment(c, first, followers);
                break;
            case Decision.GiveUpSegment(var conversation):
                GiveUpSegment(run, conversation);
                break;
            case Decision.LoseSegment(var conversation):
                TurnBack(run, TerminationReason.StepFailed, $"the executor had {string.Join(", ", conversation.Steps!)} at hand, and did not say what became of them");
                break;
            case Decision.Conclude(var planned):
                await Conclude(c, planned);
                break;
            case Decision.VerifyRun:
                await Try(() => VerifyRun(c, loop), problem => TurnBack(run, TerminationReason.VerificationFailed, problem));
                break;
            case Decision.Follow:
                Follow(run, loop);
                break;
            case Decision.Observe:
                await Observe(c, loop);
                break;
            case Decision.AskNext:
                await voice.AskForPlan(c, loop);
                break;
            case Decision.GiveUpStep(var planned):
                GiveUpStep(run, loop, planned);
                break;
            case Decision.LookBack:
                await LookBack(c, loop);
                break;
            case Decision.Stop(var termination):
                await Stop(c, loop, termination);
                break;
            case Decision.Drop(var step):
                await RunVoice.CloseBidding(c, step, new Reason("dropped", "The run goes on without the step."));
                // Who had it first may have acted, whatever the one after it says.
                step.Status = step is { Status: StepStatus.Failed, Silent.Count: > 0, Effect: not Effect.None } ? StepStatus.NotCompensated : StepStatus.Dropped;
                await voice.Withdraw(c, Topic.Gate, step.Id);
                await voice.Withdraw(c, Topic.Escalation, step.Id, EscalationKind.ApprovalExpired);
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
        if (run.Iteration == (int)Math.Ceiling(NearlyAll * run.MaxIterations) && run.MaxIterations > 1)
            Warn(run);

        return Task.CompletedTask;
    }

    private void Warn(RunState run)
    {
        var left = $"{run.Iteration} of {run.MaxIterations} iterations are used up.";
        log.IterationsNearlyUsedUp(run.TaskId, run.Iteration, run.MaxIterations);
        run.Document.Note(time.GetUtcNow(), "iterations nearly used up", left);
        run.Document.Guide("limit", left, "coordinator");
    }

    private const double NearlyAll = 0.8;

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
        await RunMemory.Tell(c, loop, budgets.Rest(run, loop));
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
        : loop.Planner == LoopDefinition.Model && run.Document.Settled > 0 ? StepFactory.LastOutput(run.Document)
        : null;

    private Task Stop(BehaviorContext<RunState> c, LoopDefinition loop, Termination termination)
    {
        if (MayGoOn(termination.Reason))
            return Stuck(c, loop, Ending.Of(termination));

        c.Saga.Document.Ending = Ending.Of(termination);
        c.Saga.Document.Note(time.GetUtcNow(), "turned back", termination.Sentence);

        return Task.CompletedTask;
    }

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
    /// <summary>What a verdict is about where it is about the run's result, and not a step's.</summary>
    public const string RunSubject = "@run";
}
