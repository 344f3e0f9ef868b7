using LoopBus.Contracts.Acts;
using LoopBus.Hosting.Acl;
using MassTransit;

namespace LoopBus.Hosting;

/// <summary>How services say acts to each other: with the ACL parameters that FIPA gives a message.</summary>
public static class Speech
{
    /// <summary>Publishes an act to whoever listens for its type.</summary>
    public static Task Say<T>(this IPublishEndpoint endpoint, T act, AclParameters acl, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(acl);
        return endpoint.Publish(act, context => AclHeaders.Apply(context, acl), cancellationToken);
    }

    /// <summary>Sends an act to one address, and to nobody else who listens for its type.</summary>
    public static async Task Tell<T>(this ISendEndpointProvider provider, Uri address, T act, AclParameters acl)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(acl);
        var endpoint = await provider.GetSendEndpoint(address);
        await endpoint.Send(act, Pipe.Execute<SendContext<T>>(send => AclHeaders.Apply(send, acl)));
    }

    /// <summary>
    /// Answers the act that is being consumed: in its conversation and protocol, in-reply-to its reply-with, to where it wants the answer,
    /// or else to whoever listens for the answer's type.
    /// </summary>
    public static async Task Reply<T>(this ConsumeContext context, T act, AclParameters? more = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        var asked = context.Acl();
        var answer = (more ?? new AclParameters()) with
        {
            ConversationId = more?.ConversationId ?? asked.ConversationId,
            Protocol = more?.Protocol ?? asked.Protocol,
            InReplyTo = more?.InReplyTo ?? asked.ReplyWith,
            Receiver = more?.Receiver ?? asked.Sender,
        };

        if (context.ResponseAddress is null)
        {
            await context.Say(act, answer, context.CancellationToken);
            return;
        }

        var endpoint = await context.GetSendEndpoint(context.ResponseAddress);
        await endpoint.Send(act, Pipe.Execute<SendContext<T>>(send =>
        {
            send.RequestId = context.RequestId;
            AclHeaders.Apply(send, answer);
        }), context.CancellationToken);
    }

    /// <summary>The ACL parameters of the act that is being consumed.</summary>
    public static AclParameters Acl(this ConsumeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new AclParameters
        {
            Performative = Read(context, AclParameter.Performative),
            Sender = Read(context, AclParameter.Sender),
            Receiver = Read(context, AclParameter.Receiver),
            ConversationId = Guid.TryParse(Read(context, AclParameter.ConversationId), out var id) ? id : context.ConversationId,
            Protocol = Read(context, AclParameter.Protocol),
            ReplyWith = Read(context, AclParameter.ReplyWith) ?? context.MessageId?.ToString("D"),
            InReplyTo = Read(context, AclParameter.InReplyTo),
            ReplyBy = DateTimeOffset.TryParse(Read(context, AclParameter.ReplyBy), out var by) ? by : null,
            Run = Read(context, HeaderNames.Run),
            MessageId = context.MessageId,
        };
    }

    // The envelope carries the headers of a message from an outbox; a foreign sender has only AMQP's own.
    private static string? Read(ConsumeContext context, string key) =>
        (context.Headers.TryGetHeader(key, out var value) || context.ReceiveContext.TransportHeaders.TryGetHeader(key, out value))
            ? value?.ToString()
            : null;
}
