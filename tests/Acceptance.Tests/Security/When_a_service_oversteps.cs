using LoopBus.Acceptance.Tests.Stage;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LoopBus.Acceptance.Tests.Security;

/// <summary>What somebody could do who has taken over one service, or its password: all services of the other stories run with these rights.</summary>
[Collection(OneSystem.Name)]
public sealed class When_a_service_oversteps(LoopBusSystem system)
{
    // Acts that decide or change something, and the only one who may say them.
    private static readonly (string Act, string By)[] Acts =
    [
        ("accept-proposal.gated-action", "approval"),
        ("confirm.effect-happened", "approval"),
        ("accept-proposal.escalation", "approval"),
        ("request.execute-step", "coordinator"),
        ("request.execute-segment", "coordinator"),
        ("request.compensate-step", "coordinator"),
        ("accept-proposal.plan", "coordinator"),
        ("inform.step-result", "executor"),
        ("inform.segment-result", "executor"),
        ("inform.verdict", "critic"),
        ("propose.plan", "planner"),
    ];

    private static readonly (string Queue, string By)[] Queues =
    [
        ("trigger", "coordinator"), ("coordinator", "coordinator"), ("planner", "planner"), ("executor", "executor"), ("critic", "critic"),
        ("approval", "approval"), ("dead-letter-intake", "approval"), ("dead-letter", "approval"),
    ];

    public static TheoryData<string> Services => ["coordinator", "planner", "executor", "critic", "approval"];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Should_be_refused_what_is_another_s(string service)
    {
        await using var connection = await system.ConnectAs(service);

        foreach (var (queue, by) in Queues)
            (await IsRefused(connection, channel => channel.BasicGetAsync(queue, autoAck: false))).ShouldBe(by != service, $"{service} reads {queue}");
        foreach (var (queue, _) in Queues.Where(each => each.By != service))
            (await IsRefused(connection, channel => channel.QueuePurgeAsync(queue))).ShouldBeTrue($"{service} purges {queue}");
        foreach (var (act, _) in Acts.Where(each => each.By != service))
            (await IsRefused(connection, channel => Publish(channel, act, routingKey: ""))).ShouldBeTrue($"{service} says {act}");
    }

    [Theory]
    [InlineData("planner")]
    [InlineData("executor")]
    [InlineData("critic")]
    public async Task Should_find_no_way_around(string service)
    {
        await using var connection = await system.ConnectAs(service);

        (await IsRefused(connection, channel => Publish(channel, "", routingKey: "coordinator"))).ShouldBeTrue("straight into a queue");
        (await IsRefused(connection, channel => Publish(channel, "coordinator", routingKey: ""))).ShouldBeTrue("by the queue's own exchange");
        (await IsRefused(connection, channel => channel.QueueBindAsync(service, "accept-proposal.gated-action", ""))).ShouldBeTrue("listening along");
        (await IsRefused(connection, channel => channel.ExchangeBindAsync("coordinator", service, ""))).ShouldBeTrue("passing on to another");
        (await IsRefused(connection, channel => channel.ExchangeDeleteAsync("inform.deadline-passed"))).ShouldBeTrue("deleting");
        (await IsRefused(connection, channel => channel.QueueDeclareAsync("mine", durable: true, exclusive: false, autoDelete: false)))
            .ShouldBeTrue("a queue of its own making");
    }

    private static async Task Publish(IChannel channel, string exchange, string routingKey)
    {
        await channel.BasicPublishAsync(exchange, routingKey, mandatory: false, new BasicProperties(), ReadOnlyMemory<byte>.Empty);
    }

    private static async Task<bool> IsRefused(IConnection connection, Func<IChannel, Task> act)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        try
        {
            await act(channel);
            return false;
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.AccessRefused)
        {
            return true;
        }
    }
}
