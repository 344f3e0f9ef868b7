using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Hosting.Acl;
using LoopBus.Hosting.Raw;
using MassTransit;

namespace LoopBus.Hosting;

/// <summary>
/// How services speak to those who know nothing of MassTransit. A consume context captures such a message in the outbox like any other:
/// its serializer gives the plain bytes, and what only AMQP has travels as headers.
/// </summary>
public static class PlainSpeech
{
    private static readonly Uri DefaultExchange = new($"exchange:{AmqpHeaders.DefaultExchange}");
    private static readonly Uri OutcomeExchange = new($"exchange:{AmqpHeaders.OutcomeExchange}?type=topic");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Answers a foreign sender on its reply queue, direct reply-to too; a queue that is gone by now is no failure.</summary>
    public static Task SayPlain(
        this ISendEndpointProvider endpoints, string queue, object json, AclParameters acl, string? correlationId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        return Send(endpoints, DefaultExchange, JsonMessage(json), context =>
        {
            AclHeaders.Apply(context, acl);
            context.SetRoutingKey(queue);
            if (!string.IsNullOrEmpty(correlationId))
                context.Headers.Set(HeaderNames.AmqpCorrelationId, correlationId);
        }, cancellationToken);
    }

    /// <summary>Tells whoever follows the topic exchange <c>outcome</c>; that nobody does is no failure.</summary>
    public static Task SayOutcome(
        this ISendEndpointProvider endpoints, string routingKey, object json, AclParameters acl, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(routingKey);
        return Send(endpoints, OutcomeExchange, JsonMessage(json), context =>
        {
            AclHeaders.Apply(context, acl);
            context.SetRoutingKey(routingKey);
        }, cancellationToken);
    }

    /// <summary>Passes a raw message on to an exchange, whole, with more headers: body, ids, reply-to and headers as they came.</summary>
    public static Task Forward(
        this ISendEndpointProvider endpoints, string exchange, RawMessage message, IReadOnlyDictionary<string, object?> headers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(headers);
        var plain = new PlainMessage(message.ContentType ?? MediaTypeNames.Application.Octet, message.Body);
        return Send(endpoints, new Uri($"exchange:{exchange}"), plain, context => RawMessages.Copy(message, headers, context.Headers), cancellationToken);
    }

    private static PlainMessage JsonMessage(object json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new PlainMessage(MediaTypeNames.Application.Json, JsonSerializer.SerializeToUtf8Bytes(json, json.GetType(), Json));
    }

    private static async Task Send(
        ISendEndpointProvider endpoints, Uri address, PlainMessage message, Action<SendContext<PlainMessage>> prepare, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var endpoint = await endpoints.GetSendEndpoint(address);
        await endpoint.Send(message, Pipe.Execute<SendContext<PlainMessage>>(context =>
        {
            context.Serializer = new PlainSerializer(Type(message.ContentType), message.Body.ToArray());
            prepare(context);
        }), cancellationToken);
    }

    private static ContentType Type(string text)
    {
        try
        {
            return new ContentType(text);
        }
        catch (FormatException)
        {
            return new ContentType(MediaTypeNames.Application.Octet);
        }
    }
}
