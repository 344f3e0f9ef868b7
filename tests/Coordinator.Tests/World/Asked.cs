using LoopBus.Hosting;

namespace LoopBus.Coordinator.Tests.World;

/// <summary>What a role was asked, and the parameters of an answer to it.</summary>
public sealed record Asked<T>(T Content, AclParameters Acl)
{
    public AclParameters Answer => new() { ConversationId = Acl.ConversationId, Protocol = Acl.Protocol, InReplyTo = Acl.ReplyWith, Receiver = Acl.Sender };
}
