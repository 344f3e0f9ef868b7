using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Intake;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>What the coordinator says to those outside: whoever asked for a run, follows it, or said something that it does not understand.</summary>
internal sealed class RunReporter(TimeProvider time, RunMetrics metrics)
{
    public static RunStatus StatusOf(RunState run) => new(
        run.TaskId, run.Loop, run.LoopVersion, RunStatuses.Of(run.CurrentState), run.Reason, run.Iteration, run.Errors, run.StartedAt, run.EndedAt);

    public async Task Agree(BehaviorContext<RunState> c, RunLoop trigger)
    {
        var listener = Listen(c, trigger.ReplyTo, trigger.ReplyCorrelationId);
        await Tell(c, listener, new Agree<RunLoop>(trigger), new { performative = Performative.Agree, taskId = c.Saga.TaskId, loop = c.Saga.Loop, version = c.Saga.LoopVersion });

        if (c.Saga.EndedAt is not null)
            await TellOutcome(c, listener);
        else if (listener is { IsSomeone: true } && c.Saga.Document.Requesters.Count < RunDocument.MostListeners && !c.Saga.Document.Requesters.Contains(listener))
            c.Saga.Document.Requesters.Add(listener);
    }

    public static Task Refuse(BehaviorContext<RunState> c, RunLoop trigger, TriggerProblem problem)
    {
        var reason = new Reason(problem.Code, problem.Text, Retryable: problem.RetryAfterSeconds is not null, problem.RetryAfterSeconds);
        var performative = problem.Understood ? Performative.Refuse : Performative.NotUnderstood;

        return problem.Understood
            ? Tell(c, Listen(c, trigger.ReplyTo, trigger.ReplyCorrelationId), new Refuse<RunLoop>(trigger, reason), new { performative, taskId = trigger.TaskId, reason })
            : Tell(c, Listen(c, trigger.ReplyTo, trigger.ReplyCorrelationId), new NotUnderstood<RunLoop>(trigger, reason), new { performative, taskId = trigger.TaskId, reason });
    }

    /// <summary>Answers whoever asked, where they wait for an answer at all.</summary>
    public static Task Answer<T>(ConsumeContext c, T act)
        where T : class =>
        c.ResponseAddress is null ? Task.CompletedTask : c.Reply(act);

    public async Task Subscribe(BehaviorContext<RunState, Subscribe<RunProgress>> c)
    {
        var listener = Listen(c, queue: null, correlationId: null);
        if (!listener.IsSomeone || c.Saga.Document.Subscribers.Count >= RunDocument.MostListeners)
        {
            await Answer(c, new Refuse<RunProgress>(c.Message.Content, new Reason("no-room", $"A run has at most {RunDocument.MostListeners} subscribers, each with a reply-to.")));
            return;
        }

        c.Saga.Document.Subscribers.Add(listener);
        await Answer(c, new Agree<RunProgress>(c.Message.Content));
        await Tell(c, listener, new Inform<RunProgress>(ProgressOf(c.Saga, RunStatuses.Of(c.Saga.CurrentState))), plain: null);
    }

    public static async Task Unsubscribe(BehaviorContext<RunState, Cancel<RunProgress>> c)
    {
        c.Saga.Document.Subscribers.RemoveAll(listener => listener.ConversationId == c.Acl().ConversationId);
        await Answer(c, new Inform<RunProgress>(c.Message.Content));
    }

    public async Task Progress(BehaviorContext<RunState> c)
    {
        foreach (var subscriber in c.Saga.Document.Subscribers)
            await Tell(c, subscriber, new Inform<RunProgress>(ProgressOf(c.Saga, RunStatuses.Of(c.Saga.Next))), plain: null);
    }

    /// <summary>Tells the topic exchange outcome, and each who asked for the run.</summary>
    public async Task Outcome(BehaviorContext<RunState> c)
    {
        var run = c.Saga;
        metrics.Ended(run.Loop, RunStatuses.Of(run.Next));
        await c.SayOutcome($"{run.Loop}.{RunStatuses.Of(run.Next)}", OutcomeOf(run), Acl(run, Performative.Inform), c.CancellationToken);

        foreach (var requester in run.Document.Requesters)
            await TellOutcome(c, requester);
    }

    public Task NotUnderstood<T>(ConsumeContext<T> c, T message, Reason reason)
        where T : class
    {
        metrics.NotUnderstood(Performative.Of(typeof(T)) ?? typeof(T).Name, reason.Code);

        return Performative.Of(typeof(T)) == Performative.NotUnderstood ? Task.CompletedTask : Answer(c, new NotUnderstood<T>(message, reason));
    }

    private Task TellOutcome(BehaviorContext<RunState> c, Listener listener)
    {
        var run = c.Saga;
        var outcome = OutcomeOf(run);
        var succeeded = outcome.Status == RunStatuses.Of(nameof(RunStateMachine.Completed));

        return succeeded
            ? Tell(c, listener, new Inform<RunOutcome>(outcome), new { performative = Performative.Inform, outcome.TaskId, outcome.Loop, outcome.Version, outcome.Status, outcome.Reason, outcome.Result })
            : Tell(c, listener, new Failure<RunLoop>(run.Document.Trigger!, new Reason(outcome.Status, outcome.Reason ?? outcome.Status)), new { performative = Performative.Failure, outcome.TaskId, outcome.Loop, outcome.Version, outcome.Status, outcome.Reason });
    }

    private static async Task Tell<T>(BehaviorContext<RunState> c, Listener listener, T act, object? plain)
        where T : class
    {
        if (listener.Address is { } address)
        {
            var endpoint = await c.GetSendEndpoint(address);
            await endpoint.Send(act, send => send.ConversationId = listener.ConversationId, c.CancellationToken);
        }

        if (listener.Queue is { } queue && plain is not null)
            await c.SayPlain(queue, plain, Acl(c.Saga, Performative.Of(typeof(T))!), listener.CorrelationId, c.CancellationToken);
    }

    private static AclParameters Acl(RunState run, string performative) => new()
    {
        Performative = performative,
        ConversationId = RunId.Of(run.TaskId),
        Protocol = Protocols.Request,
        Run = run.TaskId,
    };

    private RunOutcome OutcomeOf(RunState run) => new(
        run.TaskId, run.Loop, run.LoopVersion, RunStatuses.Of(run.EndedAt is not null && run.Next.Length > 0 ? run.Next : run.CurrentState), run.Reason, run.Document.Result, run.Iteration,
        run.StartedAt, run.EndedAt ?? time.GetUtcNow());

    private RunProgress ProgressOf(RunState run, string status) => new(run.TaskId, status, run.Document.Steps.FindLast(step => step.EndedAt is not null)?.Id, time.GetUtcNow());

    private static Listener Listen(ConsumeContext c, string? queue, string? correlationId) => new(c.ResponseAddress, queue, correlationId, c.Acl().ConversationId, c.Acl().Protocol);
}
