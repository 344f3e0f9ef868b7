using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Failures;

/// <summary>
/// The end of an endpoint's error pipe and of its dead-letter pipe: publishes the message as it came, with headers that say why, to the
/// dead-letter intake, confirmed. Where that fails, the broker keeps the message and delivers it again.
/// </summary>
internal sealed class DeadLetterFilter(string queue, TimeProvider time, ILogger<DeadLetterFilter> logger)
    : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    private const int MaxExceptionLength = 2000;
    private const int MaxRounds = 100;

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        var cause = context.Exception.GetBaseException();
        var text = $"{cause.GetType().Name}: {cause.Message}";
        await Forward(context, Envelope.ReasonFor(context), text);
        await next.Send(context);
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var types = Envelope.MessageTypes(context.Body.GetBytes());
        if (types.Count == 0)
            await Forward(context, DeadLetterReason.WrongSchema, "The envelope names no message type.");
        else
            await Forward(context, DeadLetterReason.UnhandledType, $"Queue {queue} has no consumer of {string.Join(", ", types)}.");
        await next.Send(context);
    }

    /// <summary>For a message that nobody may read: its headers are cut, because more would no longer fit into a frame.</summary>
    public Task Refuse(ReceiveContext context, string problem) => Forward(context, DeadLetterReason.TooLarge, problem);

    public void Probe(ProbeContext context) => context.CreateFilterScope("deadLetter");

    private async Task Forward(ReceiveContext context, string reason, string exception)
    {
        // One that could not be read ends in both pipes.
        if (context.TryGetPayload(out Forwarded? _))
            return;

        if (!context.TryGetPayload(out ChannelContext? channel) || !context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery))
            throw new InvalidOperationException($"A message on queue {queue} came without its AMQP delivery; it cannot be dead-lettered whole.");

        var attempts = context.TryGetPayload(out Attempts? counted) ? counted.Count : 1;
        var properties = new BasicProperties(delivery.Properties) { Headers = Headers(delivery.Properties.Headers), DeliveryMode = DeliveryModes.Persistent };
        properties.ClearExpiration();
        if (queue == DeadLetters.Intake)
        {
            await Again(channel, delivery, properties, context.Body.GetBytes(), exception);
            return;
        }

        if (reason == DeadLetterReason.TooLarge)
            properties.Headers = HeaderSize.Cut(properties.Headers);
        properties.Headers[HeaderNames.Reason] = reason;
        properties.Headers[HeaderNames.Queue] = queue;
        properties.Headers[HeaderNames.Exception] = exception.Length > MaxExceptionLength ? exception[..MaxExceptionLength] : exception;
        properties.Headers[HeaderNames.Attempts] = attempts;
        properties.Headers[HeaderNames.FailedAt] = time.GetUtcNow().ToString("O");

        await channel.BasicPublishAsync(DeadLetters.Intake, delivery.RoutingKey, mandatory: true, properties, context.Body.GetBytes(), awaitAck: true);
        context.GetOrAddPayload(() => new Forwarded());
        FailureLog.DeadLettered(logger, queue, reason, attempts, exception);
    }

    // A dead letter that can not be kept now (its database is away) goes round with the reason it came with, and at last straight to people.
    private async Task Again(ChannelContext channel, RabbitMqBasicConsumeContext delivery, BasicProperties properties, byte[] body, string exception)
    {
        var rounds = properties.Headers!.TryGetValue(HeaderNames.IntakeRounds, out var value) && value is int before ? before + 1 : 1;
        var target = rounds < MaxRounds ? DeadLetters.Intake : DeadLetters.Queue;
        properties.Headers[HeaderNames.IntakeRounds] = rounds;
        await channel.BasicPublishAsync(target, delivery.RoutingKey, mandatory: true, properties, body, awaitAck: true);
        FailureLog.DeadLetterNotKept(logger, rounds, target, exception);
    }

    private sealed record Forwarded;

    private static Dictionary<string, object?> Headers(IDictionary<string, object?>? headers) =>
        headers is null ? [] : new Dictionary<string, object?>(headers);
}
