using System.Collections.Concurrent;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Planner.Tests.Bus;

/// <summary>Stands where the coordinator stands, and keeps what it is told.</summary>
internal sealed class Listener(ConcurrentQueue<Answer> heard) : IConsumer<Propose<Plan>>, IConsumer<Refuse<MakePlan>>
{
    public Task Consume(ConsumeContext<Propose<Plan>> context) => Keep(context, context.Message.Content.TaskId, context.Message.Content, null);

    public Task Consume(ConsumeContext<Refuse<MakePlan>> context) => Keep(context, context.Message.Content.TaskId, null, context.Message.Reason);

    private Task Keep(ConsumeContext context, string taskId, Plan? plan, Reason? refusal)
    {
        var acl = context.Acl();
        heard.Enqueue(new Answer(taskId, plan, refusal, acl.ConversationId, acl.InReplyTo, acl.Protocol, acl.Performative));

        return Task.CompletedTask;
    }
}
