using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Budgets;
using LoopBus.Coordinator.Overload;
using LoopBus.Coordinator.Registry;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Coordinator.Intake;

/// <summary>Reads plain JSON triggers from the queue trigger: a good one is its run's first act, a bad one is answered and dead-lettered; one that comes in a crowd is refused, or waits.</summary>
internal sealed class TriggerConsumer(
    TriggerReader reader, LoopRegistry loops, TriggerIntake intake, Admission admission, DayBudgets budgets, HeldTriggers held, ILogger<TriggerConsumer> log) : IConsumer<RawMessage>
{
    /// <returns>The request that a message stands for; null where it is none that can be run, or there is no room now.</returns>
    public static ForeignAct? Act(RawMessage message, TriggerReader reader, LoopRegistry loops, Admission admission, DayBudgets budgets)
    {
        if (!admission.IsOpen)
            return null;

        var (trigger, problem) = reader.Read(message.Body);
        if (problem is not null || TriggerRules.Problem(trigger!, loops) is not null || !budgets.CanLaunch(trigger!))
            return null;

        var taken = Taken(trigger!, message);

        return new ForeignAct(new Request<RunLoop>(taken), TriggerIntake.Conversation(taken) with { Performative = Performative.Request, Sender = taken.TriggeredBy, Run = taken.TaskId });
    }

    public async Task Consume(ConsumeContext<RawMessage> context)
    {
        var (trigger, problem) = reader.Read(context.Message.Body);
        problem ??= TriggerRules.Problem(trigger!, loops);

        if (problem is not null)
        {
            await Turn(context, problem);
            return;
        }

        // There was no room when it came, or its loop came while it was on its way here.
        var taken = Taken(trigger!, context.Message);
        var isTaken = await intake.IsTaken(taken.TaskId, context.CancellationToken);
        if (!isTaken && budgets.Refusal(taken) is { } spent)
        {
            // Nobody waits for tomorrow: whoever can not be told finds it among the dead letters.
            if (!await Answer(context, TriggerProblem.Of(spent)))
                await Turn(context, TriggerProblem.Of(spent));
            return;
        }

        if (!isTaken && admission.Take(taken.TaskId) is { } refusal)
        {
            if (await Answer(context, TriggerProblem.Of(refusal)))
                return;
            await held.Wait(taken.TaskId, context.CancellationToken);
        }

        await context.Say(new Request<RunLoop>(taken), TriggerIntake.Conversation(taken), context.CancellationToken);
    }

    private static RunLoop Taken(RunLoop trigger, RawMessage message) => trigger with { ReplyTo = message.ReplyTo, ReplyCorrelationId = message.CorrelationId };

    private async Task Turn(ConsumeContext<RawMessage> context, TriggerProblem problem)
    {
        var message = context.Message;
        log.TriggerAnswered(Performed(problem), problem.Code, problem.Text);
        await Answer(context, problem);

        await context.Forward(DeadLetters.Intake, message, new Dictionary<string, object?>
        {
            [HeaderNames.Reason] = problem.Code,
            [HeaderNames.Queue] = TriggerConsumerDefinition.Queue,
            [HeaderNames.Exception] = problem.Text,
            [HeaderNames.Attempts] = 1,
            ["loopbus-answered"] = "true",
        }, context.CancellationToken);
    }

    /// <returns>Whether the sender wants to be told at all.</returns>
    private static async Task<bool> Answer(ConsumeContext<RawMessage> context, TriggerProblem problem)
    {
        if (context.Message.ReplyTo is not { Length: > 0 } queue)
            return false;

        var performative = Performed(problem);
        await context.SayPlain(
            queue, new { performative, reason = new { code = problem.Code, text = problem.Text }, fields = problem.Fields, retryAfter = problem.RetryAfterSeconds },
            new AclParameters { Performative = performative, Protocol = Protocols.Request }, context.Message.CorrelationId, context.CancellationToken);
        return true;
    }

    private static string Performed(TriggerProblem problem) => problem.Understood ? Performative.Refuse : Performative.NotUnderstood;
}
