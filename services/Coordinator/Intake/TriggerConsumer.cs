using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Runs;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Coordinator.Intake;

/// <summary>Takes plain JSON triggers from the queue trigger: a good one becomes a request to its run, a bad one is answered and dead-lettered.</summary>
internal sealed class TriggerConsumer(TriggerReader reader, TriggerIntake intake, ILogger<TriggerConsumer> log) : IConsumer<RawMessage>
{
    public async Task Consume(ConsumeContext<RawMessage> context)
    {
        var (trigger, problem) = reader.Read(context.Message.Body);
        problem ??= intake.Problem(trigger!);

        if (problem is not null)
        {
            await Turn(context, problem);
            return;
        }

        var taken = trigger! with { ReplyTo = context.Message.ReplyTo, ReplyCorrelationId = context.Message.CorrelationId };
        await intake.Note(taken, context.CancellationToken);
        await context.Say(new Request<RunLoop>(taken), TriggerIntake.Conversation(taken), context.CancellationToken);
    }

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
