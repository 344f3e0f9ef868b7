using System.Text;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_message_is_too_large(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    private const int Limit = 64 * 1024;

    public static TheoryData<string, int, int, int> Large => new()
    {
        { "its body", Limit + 1, 0, 0 },
        { "the number of its headers", 10, 300, 10 },
        { "its headers together", 10, 30, 2000 },
        { "its headers, nearly as large as a frame", 10, 31, 4000 },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public async Task Should_be_dead_lettered_unread_and_hold_up_no_other(string what, int bytes, int headers, int headerBytes)
    {
        var heard = new Heard<string>();
        await using var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<NotingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder =>
            {
                builder.Services.AddSingleton(heard);
                builder.Configuration.AddInMemoryCollection([new("LoopBus:Broker:MessageBytes", $"{Limit}")]);
            });
        await broker.Purge("dead-letter-intake");
        var body = Encoding.UTF8.GetBytes(new string('x', bytes));
        var properties = new BasicProperties
        {
            MessageId = "large",
            ReplyTo = "asker",
            Headers = Enumerable.Range(0, headers).ToDictionary(i => $"h{i:d3}", i => (object?)new string('v', headerBytes)),
        };

        await broker.Publish("", "executor", body, properties);
        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step("the next")), new AclParameters());

        (await heard.One()).ShouldBe("the next");
        var dead = await broker.Next("dead-letter-intake");
        dead.Header("loopbus-reason").ShouldBe("too-large", what);
        dead.Header("loopbus-exception").ShouldNotBeNullOrWhiteSpace();
        dead.Header("loopbus-queue").ShouldBe("executor");
        dead.Body.ToArray().ShouldBe(body);
        dead.BasicProperties.MessageId.ShouldBe("large");
        dead.BasicProperties.ReplyTo.ShouldBe("asker");
        (await broker.Ready("executor")).ShouldBe(0u);
        (await broker.Take("dead-letter-intake")).ShouldBeNull("once");
    }
}
