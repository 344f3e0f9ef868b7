using LoopBus.Contracts.Acts;

namespace LoopBus.Hosting.Conversations;

/// <summary>What a message's headers can never be, whatever was said before; null where nothing is wrong.</summary>
internal static class ProtocolBreach
{
    public static Reason? Of(string performative, AclParameters acl)
    {
        if (acl.Performative is { } said && said != performative)
            return new Reason("performative-mismatch", $"The header performative says {said}, the message is a {performative}. Send the act whose name the header says.");
        if (acl.Protocol is not { } name)
            return null;
        if (Protocols.Find(name) is not { } protocol)
            return new Reason("unknown-protocol", $"There is no protocol {name} here. Known: {string.Join(", ", Protocols.All.Select(known => known.Name))}.");
        if (!protocol.Knows(performative))
            return new Reason("act-not-in-protocol", $"{name} has no {performative}.");
        return acl.ConversationId is null
            ? new Reason("no-conversation", $"A message of {name} must carry the conversation-id that all messages of its conversation carry.")
            : null;
    }
}
