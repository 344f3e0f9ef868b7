using LoopBus.Contracts.Acts;
using LoopBus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

public sealed class When_most_messages_fail(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    private const int SwitchRuns = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Heard<string> heard = new();
    private readonly Breakage breakage = new();

    [Fact]
    public async Task Should_hold_them_until_one_succeeds_and_lose_none()
    {
        breakage.Breaks = _ => true;
        await using (var service = await Start())
        {
            for (var task = 0; task < 60; task++)
                await service.Bus.Say(new Request<Contracts.Execution.ExecuteStep>(Steps.Step($"task-{task}")), new AclParameters());
            var dead = 0u;
            await Eventually.True(
                async () => (dead = await broker.Ready("dead-letter-intake")) == SwitchRuns - 1, TimeSpan.FromSeconds(20), () => $"the first are dead-lettered, and no others; {dead} are");

            breakage.Breaks = _ => false;
            await Eventually.True(() => heard.All.Distinct().Count() == 60 - (SwitchRuns - 1), Patience, "all others are handled");
        }

        (await broker.Ready("dead-letter-intake")).ShouldBe((uint)(SwitchRuns - 1));
        (await broker.Ready("executor")).ShouldBe(0u, "what was handled is acknowledged");
    }

    [Fact]
    public async Task Should_not_be_switched_off_by_one_run()
    {
        breakage.Breaks = task => task == "poison";
        await using var service = await Start();

        for (var message = 0; message < 30; message++)
            await service.Bus.Say(new Request<Contracts.Execution.ExecuteStep>(Steps.Step("poison")), new AclParameters());
        await service.Bus.Say(new Request<Contracts.Execution.ExecuteStep>(Steps.Step("well")), new AclParameters());

        await Eventually.True(() => heard.All.Contains("well"), Patience, "another run's message is handled");
        await Eventually.True(async () => await broker.Ready("dead-letter-intake") == 30, Patience, "all of the poison is dead-lettered");
    }

    private async Task<ServiceUnderTest> Start()
    {
        var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<BreakableConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("LoopBus:Broker:KillSwitchRuns", $"{SwitchRuns}"), new("LoopBus:Broker:KillSwitchSeconds", "0.5")]);
                builder.Services.AddSingleton(heard).AddSingleton(breakage);
            });
        await broker.Purge("dead-letter-intake");
        return service;
    }
}
