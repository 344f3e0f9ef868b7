using LoopBus.Contracts.Acts;
using MassTransit;
using MassTransit.Serialization;

namespace LoopBus.Hosting.Acl;

/// <summary>Writes the ACL parameters of an outgoing message into its headers, once.</summary>
internal static class AclHeaders
{
    // MassTransit hands the headers of a consumed message down to what its consumer says; these are of one message only.
    private static readonly string[] OfOneMessage =
        [AclParameter.Receiver, AclParameter.ReplyTo, AclParameter.InReplyTo, AclParameter.ReplyBy, AclParameter.ReplyWith];

    /// <summary>Of a message whose sender says its parameters.</summary>
    public static void Apply<T>(SendContext<T> context, AclParameters acl)
        where T : class
    {
        // Parameters read off a consumed message may come back as those of what is said next: its ids stay its own.
        if (context.TryGetPayload(out ConsumeContext? consumed) && acl.MessageId is not null && acl.MessageId == consumed.MessageId)
            acl = acl with { MessageId = null, ReplyWith = null };
        context.MessageId = acl.MessageId ?? context.MessageId ?? NewId.NextGuid();
        context.ConversationId = acl.ConversationId ?? context.ConversationId ?? NewId.NextGuid();
        context.Delay = acl.Delay ?? context.Delay;
        context.AddOrUpdatePayload(() => acl, _ => acl);
        context.Headers.Set(AclParameter.Sender, null);
        context.Headers.Set(AclParameter.Receiver, acl.Receiver);
        context.Headers.Set(AclParameter.Protocol, acl.Protocol);
        context.Headers.Set(AclParameter.ReplyWith, acl.ReplyWith);
        context.Headers.Set(AclParameter.InReplyTo, acl.InReplyTo);
        context.Headers.Set(AclParameter.ReplyBy, acl.ReplyBy?.ToString("O"));
        Write(context, acl.Performative, acl.Run);
    }

    /// <summary>As a message that came in with these parameters has them.</summary>
    public static Headers Of(AclParameters acl)
    {
        var headers = new DictionarySendHeaders(new Dictionary<string, object?>());
        headers.Set(AclParameter.Performative, acl.Performative);
        headers.Set(AclParameter.Sender, acl.Sender);
        headers.Set(AclParameter.Receiver, acl.Receiver);
        headers.Set(AclParameter.Protocol, acl.Protocol);
        headers.Set(AclParameter.ConversationId, acl.ConversationId?.ToString("D"));
        headers.Set(HeaderNames.Run, acl.Run);
        return headers;
    }

    /// <summary>Of an act that was sent or published without: what the act and its ids say, and the conversation that it is part of.</summary>
    public static void Complete<T>(SendContext<T> context, string service)
        where T : class
    {
        // A plain message comes out of an outbox as another type; its other parameters are there already.
        var said = context.TryGetPayload(out AclParameters? _) || Performative.Of(typeof(T)) is null;
        if (said)
        {
            if (context.Headers.TryGetHeader(AclParameter.Performative, out _))
                context.Headers.Set(AclParameter.Sender, service, overwrite: false);
            return;
        }

        if (context.TryGetPayload(out ConsumeContext? consumed))
            Forget(context, consumed);
        context.MessageId ??= NewId.NextGuid();
        context.ConversationId ??= NewId.NextGuid();
        context.Headers.Set(AclParameter.Sender, service);
        Write(context, null, null);
    }

    private static void Write<T>(SendContext<T> context, string? performative, string? run)
        where T : class
    {
        context.CorrelationId ??= context.ConversationId;
        context.Headers.Set(AclParameter.Performative, Performative.Of(typeof(T)) ?? performative);
        context.Headers.Set(AclParameter.Language, "json");
        context.Headers.Set(AclParameter.Encoding, "utf-8");
        context.Headers.Set(AclParameter.Ontology, "loopbus");
        context.Headers.Set(AclParameter.ConversationId, context.ConversationId?.ToString("D"));
        if (!context.Headers.TryGetHeader(AclParameter.ReplyWith, out _))
            context.Headers.Set(AclParameter.ReplyWith, context.MessageId?.ToString("D"));
        if (context.ResponseAddress is { } address)
            context.Headers.Set(AclParameter.ReplyTo, address.ToString());
        if ((RunOf<T>.Read(context.Message) ?? run) is { } task)
            context.Headers.Set(HeaderNames.Run, task);
        TraceHeaders.Write(context);
    }

    private static void Forget(SendContext context, ConsumeContext consumed)
    {
        foreach (var name in OfOneMessage)
            if (Same(name))
                context.Headers.Set(name, null);
        if (context.ConversationId != consumed.ConversationId && Same(AclParameter.Protocol))
            context.Headers.Set(AclParameter.Protocol, null);

        bool Same(string name) =>
            context.Headers.TryGetHeader(name, out var mine) && consumed.Headers.TryGetHeader(name, out var theirs) && Equals(mine?.ToString(), theirs?.ToString());
    }
}
