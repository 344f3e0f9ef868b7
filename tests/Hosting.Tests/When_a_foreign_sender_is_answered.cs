using System.Text;
using LoopBus.Testing;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_foreign_sender_is_answered(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    private static readonly AclParameters Agree = new() { Performative = "agree", Protocol = "fipa-request", InReplyTo = "42", Run = "task-5" };

    [Fact]
    public async Task Should_get_plain_JSON_on_its_reply_queue()
    {
        await using var service = await Coordinator();
        var queue = await broker.Bind("any");

        await service.Bus.SayPlain(queue, new { TaskId = "task-5", Nothing = (string?)null }, Agree, correlationId: "my own id");

        var answer = await broker.Next(queue);
        answer.Text().ShouldBe("""{"taskId":"task-5"}""");
        answer.BasicProperties.ContentType.ShouldBe("application/json");
        answer.BasicProperties.CorrelationId.ShouldBe("my own id");
        answer.Header("performative").ShouldBe("agree");
        answer.Header("sender").ShouldBe("coordinator");
        answer.Header("in-reply-to").ShouldBe("42");
        answer.Header("loopbus-run").ShouldBe("task-5");
        answer.BasicProperties.Headers!.Keys.ShouldNotContain(name => name.StartsWith("loopbus-amqp-"));
    }

    [Fact]
    public async Task Should_get_it_by_direct_reply_to()
    {
        await using var service = await Coordinator();
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        var answers = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            answers.TrySetResult(Encoding.UTF8.GetString(message.Body.Span));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync("amq.rabbitmq.reply-to", autoAck: true, consumer);
        var mailbox = await broker.Bind("mailbox");
        await channel.BasicPublishAsync("mailbox", "", mandatory: true, new BasicProperties { ReplyTo = "amq.rabbitmq.reply-to" }, "question"u8.ToArray());
        var question = await broker.Next(mailbox);

        await service.Bus.SayPlain(question.BasicProperties.ReplyTo!, new { ok = true }, Agree);

        (await answers.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe("""{"ok":true}""");
    }

    [Fact]
    public async Task Should_not_fail_where_the_reply_queue_is_gone()
    {
        await using var service = await Coordinator();

        await service.Bus.SayPlain("gone", new { }, Agree);
        await service.Bus.SayOutcome("code-review.completed", new { }, Agree);
    }

    [Fact]
    public async Task Should_be_told_the_outcome_that_it_follows()
    {
        await using var service = await Coordinator();
        var follower = await broker.Bind("outcome", "topic", "code-review.*");

        await service.Bus.SayOutcome("other.completed", new { taskId = "no" }, new AclParameters { Performative = "inform" });
        await service.Bus.SayOutcome("code-review.completed", new { taskId = "task-6" }, new AclParameters { Performative = "inform" });

        var outcome = await broker.Next(follower);
        outcome.Text().ShouldBe("""{"taskId":"task-6"}""");
        outcome.RoutingKey.ShouldBe("code-review.completed");
        outcome.Header("performative").ShouldBe("inform");
    }

    [Fact]
    public async Task Should_pass_a_message_on_whole()
    {
        await using var service = await Coordinator();
        var headers = new Dictionary<string, object?> { ["kept"] = "yes", ["number"] = 7L, ["x-death"] = new List<object?> { "list" } };
        var message = new RawMessage(new byte[] { 1, 255, 2 }, "text/odd", "id 1", "c 1", "reply", "type", "", "key", false, headers);

        await service.Bus.Forward("dead-letter", message, new Dictionary<string, object?> { ["loopbus-reason"] = "because" });

        var dead = await broker.Next("dead-letter");
        dead.Body.ToArray().ShouldBe(new byte[] { 1, 255, 2 });
        dead.BasicProperties.ContentType.ShouldBe("text/odd");
        dead.BasicProperties.MessageId.ShouldBe("id 1");
        dead.BasicProperties.CorrelationId.ShouldBe("c 1");
        dead.BasicProperties.ReplyTo.ShouldBe("reply");
        dead.BasicProperties.Type.ShouldBe("type");
        dead.Header("kept").ShouldBe("yes");
        dead.Header("number").ShouldBe("7");
        dead.Header("loopbus-reason").ShouldBe("because");
        dead.Header("loopbus-broker-x-death").ShouldBe("""["list"]""");
    }

    private Task<ServiceUnderTest> Coordinator() => ServiceUnderTest.Start(
        broker,
        "coordinator",
        bus => bus.AddConsumer<FailingConsumer>().Endpoint(endpoint => endpoint.Name = "coordinator"));
}
