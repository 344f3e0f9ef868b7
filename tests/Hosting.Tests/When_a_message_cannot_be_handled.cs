using System.Text;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_message_cannot_be_handled(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    private const string Envelope = "application/vnd.masstransit+json";

    [Fact]
    public async Task Should_be_dead_lettered_whole_after_bounded_attempts()
    {
        var heard = new Heard<string>();
        await using var service = await Executor(heard);
        var sent = await broker.Bind("request.execute-step");

        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step("task-3")), new AclParameters { Protocol = "fipa-request" });

        var original = await broker.Next(sent);
        var dead = await broker.Next("dead-letter-intake");
        dead.Body.ToArray().ShouldBe(original.Body.ToArray());
        dead.BasicProperties.MessageId.ShouldBe(original.BasicProperties.MessageId);
        dead.BasicProperties.ContentType.ShouldBe(original.BasicProperties.ContentType);
        dead.Header("performative").ShouldBe("request");
        dead.Header("loopbus-run").ShouldBe("task-3");
        dead.Header("loopbus-reason").ShouldBe("repeated-failure");
        dead.Header("loopbus-queue").ShouldBe("executor");
        dead.Header("loopbus-exception").ShouldBe("InvalidOperationException: the disk is full");
        dead.Header("loopbus-attempts").ShouldBe("3");
        heard.All.Count.ShouldBe(3);
        (await broker.Ready("executor")).ShouldBe(0u);
    }

    [Theory]
    [InlineData(Envelope, "{ \"messageType\": [", "unparseable")]
    [InlineData(Envelope, "", "unparseable")]
    [InlineData(null, "hello", "unparseable")]
    [InlineData("application/json", "{ \"taskId\": 1 }", "wrong-schema")]
    [InlineData(Envelope, "[]", "wrong-schema")]
    [InlineData(Envelope, "null", "wrong-schema")]
    [InlineData(Envelope, "{ \"messageType\": [\"urn:message:A:B\"], \"message\": {} }", "unhandled-type")]
    [InlineData(Envelope, "{ \"messageType\": [\"urn:message:LoopBus.Contracts.Acts:Request[[LoopBus.Contracts.Execution:ExecuteStep]]\"], \"message\": { \"content\": 7 } }", "wrong-schema")]
    [InlineData(Envelope, "{ \"messageType\": [\"urn:message:LoopBus.Contracts.Acts:Request[[LoopBus.Contracts.Execution:ExecuteStep]]\"], \"message\": [] }", "wrong-schema")]
    public async Task Should_say_what_kind_of_poison_it_is(string? contentType, string body, string reason)
    {
        await using var service = await Executor(new Heard<string>());
        var properties = new BasicProperties { CorrelationId = "c", ReplyTo = "r", Headers = new Dictionary<string, object?> { ["mine"] = "kept" } };
        if (contentType is not null)
            properties.ContentType = contentType;

        await broker.Publish("", "executor", Encoding.UTF8.GetBytes(body), properties);

        var dead = await broker.Next("dead-letter-intake");
        dead.Header("loopbus-reason").ShouldBe(reason, dead.Header("loopbus-exception"));
        dead.Text().ShouldBe(body);
        dead.Header("loopbus-queue").ShouldBe("executor");
        dead.Header("mine").ShouldBe("kept");
        dead.BasicProperties.CorrelationId.ShouldBe("c");
        dead.BasicProperties.ReplyTo.ShouldBe("r");
    }

    private async Task<ServiceUnderTest> Executor(Heard<string> heard)
    {
        var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<FailingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder => builder.Services.AddSingleton(heard));
        await broker.Purge("dead-letter-intake");
        return service;
    }
}
