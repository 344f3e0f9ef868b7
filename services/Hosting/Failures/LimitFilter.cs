using MassTransit;

namespace LoopBus.Hosting.Failures;

/// <summary>Before anything reads a message: one that is too large goes to the dead letters as it came, and nobody parses it.</summary>
internal sealed class LimitFilter(BrokerOptions limits, DeadLetterFilter deadLetters) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (Problem(context) is { } problem)
            await deadLetters.Refuse(context, problem);
        else
            await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("limits");

    private string? Problem(ReceiveContext context)
    {
        if (context.Body.Length > limits.MessageBytes)
            return $"The body is {context.Body.Length} bytes; at most {limits.MessageBytes} are read. Put large data where a tool can read it.";
        if (!context.TryGetPayload(out RabbitMqBasicConsumeContext? delivery) || delivery.Properties.Headers is not { } headers)
            return null;
        if (headers.Count > limits.Headers)
            return $"The message has {headers.Count} headers; at most {limits.Headers} are read. The first are kept here.";
        return HeaderSize.Of(headers, limits.HeaderBytes) > limits.HeaderBytes
            ? $"The headers are larger than {limits.HeaderBytes} bytes, which is the most that is read. The beginning of each is kept here."
            : null;
    }
}
