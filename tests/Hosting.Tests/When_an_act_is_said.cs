using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client.Exceptions;

namespace LoopBus.Hosting.Tests;

public sealed class When_an_act_is_said(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_carry_the_ACL_parameters_where_any_client_sees_them()
    {
        var heard = new Heard<AclParameters>();
        await using var service = await Executor(heard);
        var requests = await broker.Bind("request.execute-step");
        var answers = await broker.Bind("inform.step-result");
        var conversation = Guid.NewGuid();
        var by = DateTimeOffset.Parse("2030-01-02T03:04:05Z");

        await service.Bus.Say(
            new Request<ExecuteStep>(Steps.Step("task-7")),
            new AclParameters { ConversationId = conversation, Protocol = "fipa-request", Receiver = "executor", ReplyBy = by });

        var request = await broker.Next(requests);
        request.Header("performative").ShouldBe("request");
        request.Header("sender").ShouldBe("executor");
        request.Header("receiver").ShouldBe("executor");
        request.Header("language").ShouldBe("json");
        request.Header("encoding").ShouldBe("utf-8");
        request.Header("ontology").ShouldBe("loopbus");
        request.Header("protocol").ShouldBe("fipa-request");
        request.Header("conversation-id").ShouldBe(conversation.ToString());
        request.Header("reply-with").ShouldBe(request.BasicProperties.MessageId);
        DateTimeOffset.Parse(request.Header("reply-by")!).ShouldBe(by);
        request.Header("loopbus-run").ShouldBe("task-7");
        request.BasicProperties.CorrelationId.ShouldBe(conversation.ToString());

        var answer = await broker.Next(answers);
        answer.Header("performative").ShouldBe("inform");
        answer.Header("sender").ShouldBe("executor");
        answer.Header("receiver").ShouldBe("executor");
        answer.Header("protocol").ShouldBe("fipa-request");
        answer.Header("conversation-id").ShouldBe(conversation.ToString());
        answer.Header("in-reply-to").ShouldBe(request.Header("reply-with"));
        answer.Header("reply-with").ShouldBe(answer.BasicProperties.MessageId);
        answer.Header("loopbus-run").ShouldBe("task-7");

        var acl = await heard.One();
        acl.Performative.ShouldBe("request");
        acl.ConversationId.ShouldBe(conversation);
        acl.ReplyBy.ShouldBe(by);
        acl.Run.ShouldBe("task-7");
    }

    [Fact]
    public async Task Should_fill_in_what_a_plain_publish_leaves_out()
    {
        await using var service = await Executor(new Heard<AclParameters>());
        var requests = await broker.Bind("request.execute-step");

        await service.Bus.Publish(new Request<ExecuteStep>(Steps.Step("task-8")));

        var request = await broker.Next(requests);
        request.Header("performative").ShouldBe("request");
        request.Header("sender").ShouldBe("executor");
        request.Header("loopbus-run").ShouldBe("task-8");
        request.Header("conversation-id").ShouldNotBeNullOrEmpty();
        request.Header("reply-with").ShouldBe(request.BasicProperties.MessageId);
    }

    [Fact]
    public async Task Should_throw_where_nobody_listens()
    {
        await using var service = await Executor(new Heard<AclParameters>());

        var said = service.Bus.Say(new Inform<EffectHappened>(null!), new AclParameters());

        await Should.ThrowAsync<MessageReturnedException>(said);
    }

    [Fact]
    public async Task Should_be_heard_on_a_bounded_quorum_queue_that_dead_letters()
    {
        await using var service = await Executor(new Heard<AclParameters>());

        var queue = await Eventually.Value(
            async () => (object)await broker.Get($"/api/queues/{broker.VirtualHost}/executor"), TimeSpan.FromSeconds(30), "the queue is there");

        var arguments = ((System.Text.Json.JsonElement)queue).GetProperty("arguments");
        arguments.GetProperty("x-queue-type").GetString().ShouldBe("quorum");
        arguments.GetProperty("x-delivery-limit").GetInt32().ShouldBe(5);
        arguments.GetProperty("x-dead-letter-exchange").GetString().ShouldBe("dead-letter-intake");
        arguments.GetProperty("x-dead-letter-strategy").GetString().ShouldBe("at-least-once");
        arguments.GetProperty("x-overflow").GetString().ShouldBe("reject-publish");
    }

    private Task<ServiceUnderTest> Executor(Heard<AclParameters> heard) => ServiceUnderTest.Start(
        broker,
        "executor",
        bus => bus.AddConsumer<AnsweringConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
        builder => builder.Services.AddSingleton(heard));
}
