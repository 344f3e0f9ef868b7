using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Registry;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Coordinator.Intake;

/// <summary>Reads plain JSON triggers from the queue trigger: a good one is its run's first act, a bad one is answered and dead-lettered.</summary>
internal sealed class TriggerConsumer(TriggerReader reader, LoopRegistry loops, ILogger<TriggerConsumer> log) : IConsumer<RawMessage>
{
    /// <returns>The request that a message stands for; null where it is none that can be run.</returns>
    public static ForeignAct? Act(RawMessage message, TriggerReader reader, LoopRegistry loops)
    {
        var (trigger, problem) = reader.Read(message.Body);
        if (problem is not null || TriggerRules.Problem(trigger!, loops) is not null)
            return null;

        var taken = Taken(trigger!, message);

        return new ForeignAct(new Request<RunLoop>(taken), TriggerIntake.Conversation(taken) with { Performative = Performative.Request, Run = taken.TaskId });
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

        // Its loop came while it was on its way here.
        var taken = Taken(trigger!, context.Message);
        await context.Say(new Request<RunLoop>(taken), TriggerIntake.Conversation(taken), context.CancellationToken);
    }

    private static RunLoop Taken(RunLoop trigger, RawMessage message) => trigger with { ReplyTo = message.ReplyTo, ReplyCorrelationId = message.CorrelationId };

    private async Task Turn(ConsumeContext<RawMessage> context, TriggerProblem problem)
    {
        var message = context.Message;
        var performative = problem.Understood ? Performative.Refuse : Performative.NotUnderstood;
        log.TriggerAnswered(performative, problem.Code, problem.Text);

        if (message.ReplyTo is { Length: > 0 } queue)
            await context.SayPlain(
                queue, new { performative, reason = new { code = problem.Code, text = problem.Text }, fields = problem.Fields },
                new AclParameters { Performative = performative, Protocol = Protocols.Request }, message.CorrelationId, context.CancellationToken);

        await context.Forward(DeadLetters.Intake, message, new Dictionary<string, object?>
        {
            [HeaderNames.Reason] = problem.Code,
            [HeaderNames.Queue] = TriggerConsumerDefinition.Queue,
            [HeaderNames.Exception] = problem.Text,
            [HeaderNames.Attempts] = 1,
            ["loopbus-answered"] = "true",
        }, context.CancellationToken);
    }
}
