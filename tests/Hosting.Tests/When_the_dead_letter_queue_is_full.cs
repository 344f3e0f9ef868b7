using System.Text;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Tests;

public sealed class When_the_dead_letter_queue_is_full(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_keep_the_message_until_there_is_room()
    {
        var heard = new Heard<string>();
        await using var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<FailingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("LoopBus:Broker:QueueLimit", "100")]);
                builder.Services.AddSingleton(heard);
            });
        await Fill();

        await service.Bus.Say(new Request<ExecuteStep>(Steps.Step("task-30")), new AclParameters());
        await Eventually.True(() => heard.All.Count > 3, TimeSpan.FromSeconds(30), "the message is delivered again, because no dead-letter queue took it");
        await broker.Purge(DeadLetters.Intake);

        var dead = await broker.Next(DeadLetters.Intake);
        dead.Header("loopbus-run").ShouldBe("task-30");
    }

    private async Task Fill()
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        try
        {
            for (var i = 0; i < 200; i++)
                await channel.BasicPublishAsync("", DeadLetters.Intake, mandatory: true, new BasicProperties(), Encoding.UTF8.GetBytes("filler"));
            throw new InvalidOperationException("The queue took 200 messages; its limit is 100.");
        }
        catch (RabbitMQ.Client.Exceptions.PublishException)
        {
            // Full.
        }
    }
}
