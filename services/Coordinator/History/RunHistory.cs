using LoopBus.Contracts.Acts;
using LoopBus.Hosting;
using LoopBus.Persistence;
using MassTransit;

namespace LoopBus.Coordinator.History;

/// <summary>Writes each act in and out of a run into its history, in the transaction of the message that brought or sent it.</summary>
internal sealed class RunHistory(IUnitOfWork work, TimeProvider time) : IMessageObserver
{
    public void Consumed(ConsumeContext context, object message)
    {
        var acl = context.Acl();
        Add("in", message, acl.Run, acl.Protocol, acl.ConversationId, acl.MessageId, acl.InReplyTo, acl.Sender, "coordinator");
    }

    public void Sent(SendContext context, object message) =>
        Add(
            "out", message, Header(context, HeaderNames.Run), Header(context, AclParameter.Protocol), context.ConversationId, context.MessageId,
            Header(context, AclParameter.InReplyTo), "coordinator", Header(context, AclParameter.Receiver) ?? context.DestinationAddress?.AbsolutePath.Split('/')[^1],
            Header(context, AclParameter.Performative));

    private void Add(
        string direction, object message, string? run, string? protocol, Guid? conversation, Guid? messageId, string? inReplyTo, string? sender, string? receiver,
        string? plainPerformative = null)
    {
        if (run is null)
            return;

        foreach (var act in HistoryAct.Of(message, plainPerformative))
            work.Append(new HistoryEntry
            {
                TaskId = run,
                At = act.At?.ToUniversalTime() ?? time.GetUtcNow(),
                Direction = direction,
                Performative = act.Performative,
                Content = act.Content,
                Protocol = protocol,
                ConversationId = conversation,
                MessageId = messageId,
                InReplyTo = inReplyTo,
                Sender = sender,
                Receiver = receiver,
                Payload = act.Payload,
            });
    }

    private static string? Header(SendContext context, string name) => context.Headers.Get<string>(name);
}
