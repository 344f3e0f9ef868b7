using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_message_loses_a_race(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_be_tried_again_more_often_than_after_another_failure()
    {
        var heard = new Heard<string>();
        await using var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<RacingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder => builder.Services.AddSingleton(heard));

        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step()), new AclParameters());

        await Eventually.True(() => heard.All.Contains("won"), TimeSpan.FromSeconds(30), "the message wins at last");
        heard.All.Count(word => word == "lost").ShouldBe(9);
    }

    private sealed class RacingConsumer(Heard<string> heard) : IConsumer<Request<ExecuteStep>>
    {
        public Task Consume(ConsumeContext<Request<ExecuteStep>> context)
        {
            if (heard.All.Count < 9)
            {
                heard.Add("lost");
                throw new InvalidOperationException("wrapped", new ConcurrencyConflictException());
            }

            heard.Add("won");
            return Task.CompletedTask;
        }
    }

    private sealed class ConcurrencyConflictException : Exception;
}
