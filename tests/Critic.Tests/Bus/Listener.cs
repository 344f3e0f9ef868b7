using System.Collections.Concurrent;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Critic.Tests.Bus;

/// <summary>Stands where the coordinator stands, and keeps what it is told.</summary>
internal sealed class Listener(ConcurrentQueue<Answer> heard) : IConsumer<Inform<Verdict>>, IConsumer<Failure<ResultHolds>>
{
    public Task Consume(ConsumeContext<Inform<Verdict>> context) => Keep(context, context.Message.Content.TaskId, context.Message.Content, null);

    public Task Consume(ConsumeContext<Failure<ResultHolds>> context) => Keep(context, context.Message.Content.TaskId, null, context.Message.Reason);

    private Task Keep(ConsumeContext context, string taskId, Verdict? verdict, Reason? failure)
    {
        var acl = context.Acl();
        heard.Enqueue(new Answer(taskId, verdict, failure, acl.ConversationId, acl.InReplyTo, acl.Performative));

        return Task.CompletedTask;
    }
}
