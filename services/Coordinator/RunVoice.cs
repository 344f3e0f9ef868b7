using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Budgets;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.Loops.Templates;
using LoopBus.Loops.Tools;
using LoopBus.Persistence;
using MassTransit;
using Microsoft.Extensions.Options;
using Timer = LoopBus.Coordinator.Runs.Timer;

namespace LoopBus.Coordinator;

/// <summary>What the coordinator says to the other services in a run: each request opens a conversation with a deadline.</summary>
internal sealed partial class RunVoice(RunBudgets budgets, TimeProvider time, ToolCatalogue tools, IOptions<CoordinatorOptions> options)
{
    public const string PlanSubject = "@plan";

    // The queue of the executors without a kind.
    private const string Executors = "executor";

    // The approval service ends a proposal at its expiry; only when it does not answer, we end it ourselves.
    public static readonly TimeSpan ExpiryGrace = TimeSpan.FromMinutes(1);

    public async Task AskForPlan(BehaviorContext<RunState> c, LoopDefinition loop)
    {
        var run = c.Saga;
        var document = run.Document;
        var attempt = document.PlanAttempt + 1;
        var leave = loop.Planner == LoopDefinition.Model ? await budgets.MayAsk(c, RunBudgets.Planner, Topic.Plan, PlanSubject, attempt, Protocols.Planning) : Leave.Unbounded;
        if (leave is null)
            return;

        document.PlanAttempt = attempt;
        var version = new LoopVersion(run.Loop, run.LoopVersion, run.LoopHash);

        await Say(
            c,
            new Request<MakePlan>(new MakePlan(
                run.TaskId, attempt, version, loop.ToCanonicalJson(), document.Trigger!.Input ?? StepFactory.EmptyObject, [.. document.Rejections],
                Turns: TurnsShown.Of(document.Turns), Guidance: document.Guidance, Invariants: document.Invariants, Facts: document.Facts, Allowance: leave.Allowance, Tenant: run.Tenant)),
            Topic.Plan, PlanSubject, attempt, Protocols.Planning, "planner",
            TimeSpan.FromSeconds(loop.Planner == LoopDefinition.Model ? options.Value.ModelReplySeconds * Rounds(loop) : options.Value.PlanReplySeconds));
    }

    // Who debates asks many models, one after the other.
    private static double Rounds(LoopDefinition loop) => loop.Debate is { } debate ? 1 + ((debate.Proposers.Count * (1 + debate.Rounds)) + (2 * debate.Judges)) / 10d : 1;

    public Task AskLeave(BehaviorContext<RunState> c, LoopDefinition loop, StepState step)
    {
        var run = c.Saga;
        var now = time.GetUtcNow();
        var expires = now.AddSeconds(loop.Approval.ExpirySeconds);
        var undo = run.Document.PlannedFor(step).Compensate;
        step.Status = StepStatus.AwaitingApproval;
        step.Asked++;
        run.Document.Note(now, $"{step.Id} awaits approval", step.Tool);

        return Say(
            c,
            new Propose<GatedAction>(new GatedAction(
                run.TaskId, step.Id, run.Loop, step.Tool, step.Arguments, step.ActionHash, step.Effect, step.BlastRadius, step.Quorum, expires,
                tools.Find(step.Tool)?.Description ?? step.Tool, undo, run.Document.Trail)),
            Topic.Gate, step.Id, step.Asked, Protocols.Propose, "approval", expires - now, watchdog: expires - now + ExpiryGrace);
    }

    public async Task Execute(BehaviorContext<RunState> c, StepState step)
    {
        await CloseBidding(c, step, new Reason("late", "Who had the step is asked again."));
        var asked = Asked(c.Saga, step);
        step.Status = StepStatus.Executing;
        step.StartedAt ??= time.GetUtcNow();

        await Say(
            c, new Request<ExecuteStep>(asked with { Allowance = await Allowance(c, step) }), Topic.Step, step.Id, step.Asked, Protocols.Request, step.Executor ?? Executors,
            TimeSpan.FromSeconds(asked.TimeoutSeconds + options.Value.StepGraceSeconds), queue: step.Executor);
    }

    // What a step that asks models may take.
    private async Task<Spent?> Allowance(BehaviorContext<RunState> c, StepState step) =>
        tools.Find(step.Tool)?.AsksModels == true ? (await budgets.MayTake(c, RunBudgets.Executor, Topic.Step, step.Id, step.Asked)).Allowance : null;

    // One more time.
    private ExecuteStep Asked(RunState run, StepState step)
    {
        step.Attempt++;
        step.Asked++;

        return Step(run, step);
    }

    private ExecuteStep Step(RunState run, StepState step) => new(
        run.TaskId, step.Id, step.Attempt, run.Loop, step.Tool, step.Arguments, step.ActionHash, step.Key, Timeout(run.Document.PlannedFor(step)), step.Grant, step.Ruling);

    /// <summary>Hands over a step and those that follow it, as they stand in the plan: the executor fills their arguments in.</summary>
    public Task ExecuteSegment(BehaviorContext<RunState> c, StepState first, IEnumerable<PlannedStep> followers)
    {
        var run = c.Saga;
        List<PlannedStep> steps = [run.Document.PlannedFor(first), .. followers];
        var references = steps.SelectMany(step => Template.References(step.Arguments)).ToList();
        var outputs = StepFactory.Scope(run).Steps.Where(output => references.Exists(reference => reference.Step == output.Key)).ToDictionary();
        var input = references.Exists(reference => reference.Root == "input") ? run.Document.Trigger!.Input : null;
        first.Status = StepStatus.Executing;
        first.Attempt = 1;
        first.Asked++;
        first.StartedAt ??= time.GetUtcNow();

        return Say(
            c,
            new Request<ExecuteSegment>(new ExecuteSegment(
                run.TaskId, first.Id, run.Loop, input ?? StepFactory.EmptyObject, JsonSerializer.SerializeToElement(outputs),
                steps.ConvertAll(step => new SegmentStep(step.Id, 1, step.Tool, step.Arguments, IdempotencyKey.For(run.TaskId, step.Id, step.Tool), Timeout(step))),
                options.Value.SegmentSeconds)),
            Topic.Segment, first.Id, first.Asked, Protocols.Request, Executors, Patience(steps), steps: steps.ConvertAll(step => step.Id));
    }

    /// <summary>Has the segments under way begin no further step; each reports all the same, and has time to.</summary>
    public async Task Halt(BehaviorContext<RunState> c, string? firstStepId = null)
    {
        var run = c.Saga;

        foreach (var open in run.Document.Conversations.FindAll(x => x is { Open: true, Topic: Topic.Segment, IsCancelled: false } && (firstStepId is null || x.Subject == firstStepId)))
        {
            open.Said.Add(Performative.Cancel);
            open.Overdue = false;
            var segment = new ExecuteSegment(run.TaskId, open.Subject, run.Loop, StepFactory.EmptyObject, StepFactory.EmptyObject, []);
            var patience = Patience(open.Steps!.Select(run.Document.PlannedFor));
            await c.Say(new Cancel<ExecuteSegment>(segment, run.Document.Ending?.Sentence), new AclParameters { ConversationId = open.Id, Protocol = open.Protocol, Receiver = Executors });
            Later(run, DeadlineKind.Reply, patience, conversation: open.Id);
        }
    }

    public async Task Verify(BehaviorContext<RunState> c, string subject, JsonElement result, IReadOnlyList<Check> checks)
    {
        var run = c.Saga;
        var scope = StepFactory.Scope(run);
        var attempt = 1 + run.Document.Conversations.Count(conversation => conversation is { Topic: Topic.Critique, IsUnsaid: false } && conversation.Subject == subject);
        var filled = checks.Select(check => check with { Parameters = Template.Render(check.Parameters, scope) }).ToList();
        var isJudged = checks.Any(check => CheckKinds.Judged.Contains(check.Kind));
        var leave = isJudged ? await budgets.MayAsk(c, RunBudgets.Critic, Topic.Critique, subject, attempt, Protocols.Query) : Leave.Unbounded;
        if (leave is null)
            return;

        await Say(
            c,
            new QueryIf<ResultHolds>(new ResultHolds(
                run.TaskId, subject, attempt, run.Loop, scope.Input, result, JsonSerializer.SerializeToElement(scope.Steps), filled, Allowance: leave.Allowance)),
            Topic.Critique, subject, attempt, Protocols.Query, "critic", TimeSpan.FromSeconds(isJudged ? options.Value.ModelReplySeconds : options.Value.CritiqueReplySeconds));
    }

    public Task Compensate(BehaviorContext<RunState> c, StepState step)
    {
        var run = c.Saga;
        var undo = run.Document.PlannedFor(step).Compensate!;
        var scope = StepFactory.Scope(run) with { Item = step.Item, Output = step.Output };
        var arguments = Template.Render(undo.Arguments, scope);
        var timeout = tools.Find(undo.Tool)?.TimeoutSeconds ?? DefaultTimeout;
        step.Status = StepStatus.Compensating;
        step.UndoAttempt++;
        // Who did it may be gone for good: then whoever can.
        var to = step.UndoAttempt <= options.Value.UndoAttempts ? step.Executor : null;

        return Say(
            c,
            new Request<CompensateStep>(new CompensateStep(
                run.TaskId, step.Id, step.UndoAttempt, run.Loop, undo.Tool, arguments, IdempotencyKey.For(run.TaskId, step.Id, "compensate"), timeout)),
            Topic.Compensation, step.Id, step.UndoAttempt, Protocols.Request, to ?? Executors, TimeSpan.FromSeconds(timeout + options.Value.StepGraceSeconds),
            queue: to);
    }

    public Task AskIfHappened(BehaviorContext<RunState> c, StepState step)
    {
        var run = c.Saga;
        var wait = TimeSpan.FromSeconds(options.Value.EscalationSeconds);
        step.Status = StepStatus.InDoubt;
        run.Document.Note(time.GetUtcNow(), $"{step.Id} is in doubt", step.Problem?.Text);

        return Say(
            c,
            new QueryIf<EffectHappened>(new EffectHappened(run.TaskId, step.Id, step.Tool, step.Arguments, step.ActionHash, step.Key, time.GetUtcNow() + wait)),
            Topic.Effect, step.Id, step.Asked, Protocols.Query, "approval", wait, watchdog: wait + ExpiryGrace);
    }

    public Task Escalate(BehaviorContext<RunState> c, string kind, string? stepId, string question, string detail, Packet? packet = null)
    {
        var run = c.Saga;
        var wait = TimeSpan.FromSeconds(options.Value.EscalationSeconds);
        var attempt = 1 + run.Document.Conversations.Count(conversation => conversation.Topic == Topic.Escalation);
        run.Document.Note(time.GetUtcNow(), $"escalated: {kind}", detail);

        return Say(
            c,
            new Propose<Escalation>(new Escalation(run.TaskId, stepId, run.Loop, kind, question, detail, time.GetUtcNow() + wait, run.Document.Trail, Packet: packet)),
            Topic.Escalation, stepId ?? "@run", attempt, Protocols.Propose, "approval", wait, kind, wait + ExpiryGrace);
    }

    /// <summary>Takes an open question to people back, by the cancel meta-protocol.</summary>
    /// <param name="kind">Null: whatever an escalation is about.</param>
    public async Task Withdraw(BehaviorContext<RunState> c, Topic topic, string? subject = null, string? kind = null)
    {
        var run = c.Saga;

        foreach (var open in run.Document.Conversations.FindAll(x => x.Open && x.Topic == topic && (subject is null || x.Subject == subject) && (kind is null || x.Kind == kind)))
        {
            open.Open = false;
            var acl = new AclParameters { ConversationId = open.Id, Protocol = open.Protocol, Receiver = "approval" };
            var step = run.Document.Find(open.Subject);

            if (topic == Topic.Gate && step is not null)
                await c.Say(new Cancel<GatedAction>(new GatedAction(run.TaskId, step.Id, run.Loop, step.Tool, step.Arguments, step.ActionHash,
                    step.Effect, step.BlastRadius, step.Quorum, open.ReplyBy ?? time.GetUtcNow(), step.Tool, Undo: null, []), run.Document.Ending?.Sentence), acl);
            else if (topic == Topic.Effect && step is not null)
                await c.Say(new Cancel<EffectHappened>(new EffectHappened(run.TaskId, step.Id, step.Tool, step.Arguments, step.ActionHash, step.Key, open.ReplyBy ?? time.GetUtcNow())), acl);
            else if (topic == Topic.Escalation)
                await c.Say(new Cancel<Escalation>(new Escalation(run.TaskId, step?.Id, run.Loop, open.Kind ?? "", "", "", open.ReplyBy ?? time.GetUtcNow(), [])), acl);
        }
    }

    /// <summary>Wakes the run later, unless it is taken back by then.</summary>
    public void Later(RunState run, string deadline, TimeSpan delay, string? stepId = null, Guid? conversation = null) =>
        run.Document.Timers.Add(new Timer(time.GetUtcNow() + delay, deadline, stepId, conversation));

    /// <summary>Takes back the timers that can tell nothing new, and has the soonest of the others come as a due row of the same transaction.</summary>
    public async Task SetTimers(BehaviorContext<RunState> c, bool ended)
    {
        var (run, unit) = (c.Saga, c.GetPayload<IUnitOfWork>());

        foreach (var spent in run.Document.Spent(ended))
            TakeBack(unit, spent);

        if (run.Document.NextTimer() is var index && index < 0)
            return;

        var next = run.Document.Timers[index];
        var delay = next.DueAt - time.GetUtcNow();
        await c.Say(
            new Inform<DeadlinePassed>(new DeadlinePassed(run.TaskId, next.Deadline, next.StepId, next.ConversationId)),
            new AclParameters { Delay = delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Receiver = "coordinator" });
        run.Document.Timers[index] = next with { Row = unit.LastSaid };
    }

    /// <summary>Has all timers wait here again: those in the outbox may have passed unheard.</summary>
    public static void RecallTimers(BehaviorContext<RunState> c)
    {
        var timers = c.Saga.Document.Timers;

        for (var index = 0; index < timers.Count; index++)
        {
            TakeBack(c.GetPayload<IUnitOfWork>(), timers[index]);
            timers[index] = timers[index] with { Row = null };
        }
    }

    private static void TakeBack(IUnitOfWork unit, Timer timer)
    {
        if (timer.Row is { } row)
            unit.Withdraw(row);
    }

    private const double DefaultTimeout = 60;

    private double Timeout(PlannedStep step)
    {
        var most = tools.Find(step.Tool)?.TimeoutSeconds ?? DefaultTimeout;

        return Math.Min(step.TimeoutSeconds ?? most, most);
    }

    // The last step may begin when the burst ends, and then takes its own time.
    private TimeSpan Patience(IEnumerable<PlannedStep> steps) => TimeSpan.FromSeconds(options.Value.SegmentSeconds + steps.Max(Timeout) + options.Value.StepGraceSeconds);

    private async Task Say<T>(
        BehaviorContext<RunState> c, T act, Topic topic, string subject, int attempt, string protocol, string receiver, TimeSpan wait, string? kind = null, TimeSpan? watchdog = null,
        IReadOnlyList<string>? steps = null, string? queue = null)
        where T : class
    {
        var conversation = new Conversation
        {
            Id = RunId.Conversation(c.Saga.TaskId, topic.ToString(), subject, attempt),
            Protocol = protocol,
            Topic = topic,
            Subject = subject,
            Said = [Performative.Of(typeof(T))!],
            Participants = protocol == Protocols.ContractNet ? [] : null,
            Kind = kind,
            Steps = steps,
            ReplyBy = time.GetUtcNow() + wait,
        };
        c.Saga.Document.Conversations.Add(conversation);

        var acl = new AclParameters { ConversationId = conversation.Id, Protocol = protocol, Receiver = receiver, ReplyBy = conversation.ReplyBy };
        await (queue is null ? c.Say(act, acl) : c.Tell(QueueOf(queue), act, acl));
        Later(c.Saga, DeadlineKind.Reply, watchdog ?? wait, conversation: conversation.Id);
    }
}
