using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

public sealed class When_the_connection_breaks(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    // The client may wait for ever for the confirm of what it wrote to a connection that was just ending. Services speak through the outbox, whose publisher gives up in time; here nobody does.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Should_come_back_and_go_on()
    {
        var heard = new Heard<AclParameters>();
        await using var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<AnsweringConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder => builder.Services.AddSingleton(heard));
        await broker.Bind("inform.step-result");
        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step("before")), new AclParameters());
        await heard.One();

        await Connections.Break(broker);
        await Eventually.True(
            async () =>
            {
                await service.Bus.Say(new Request<ExecuteStep>(Steps.Step("after")), new AclParameters()).WaitAsync(Longest, TimeProvider.System);
                return true;
            },
            TimeSpan.FromSeconds(60),
            "the service says something again");

        await Eventually.True(() => heard.All.Any(acl => acl.Run == "after"), TimeSpan.FromSeconds(60), "the service hears again");
    }
}
