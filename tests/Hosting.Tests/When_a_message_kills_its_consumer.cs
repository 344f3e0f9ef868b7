using System.Text;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_message_kills_its_consumer(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_be_dead_lettered_by_the_broker_at_its_delivery_limit()
    {
        await Declare();
        await broker.Publish("", "executor", Encoding.UTF8.GetBytes("deadly"), new BasicProperties { MessageId = "m-1" });

        var deaths = 0;
        while (await Dies())
            deaths++;

        deaths.ShouldBe(6);
        var dead = await broker.Next("dead-letter-intake");
        dead.Text().ShouldBe("deadly");
        dead.BasicProperties.MessageId.ShouldBe("m-1");
        dead.Header("x-first-death-queue").ShouldBe("executor");
        dead.Header("x-first-death-reason").ShouldBe("delivery_limit");
    }

    [Fact]
    public async Task Should_reach_the_one_who_reads_dead_letters()
    {
        await Declare();
        var heard = new Heard<RawMessage>();
        await using var approval = await ServiceUnderTest.Start(
            broker, "approval", bus => bus.AddConsumer<RawConsumer, IntakeDefinition>(), builder => builder.Services.AddSingleton(heard));
        await broker.Publish("", "executor", Encoding.UTF8.GetBytes("deadly"), new BasicProperties());

        while (await Dies())
            continue;

        var message = await heard.One();
        message.Header("x-first-death-reason").ShouldBe("delivery_limit");
        message.Headers["x-death"].ShouldBeOfType<List<object?>>().ShouldHaveSingleItem().ShouldBeOfType<Dictionary<string, object?>>()["queue"].ShouldBe("executor");
    }

    // A consumer whose process ends before it acknowledges: the broker sees its connection go.
    private async Task<bool> Dies()
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.BasicGetAsync("executor", autoAck: false) is not null;
    }

    private async Task Declare()
    {
        await using var service = await ServiceUnderTest.Start(
            broker,
            "executor",
            bus => bus.AddConsumer<FailingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
            builder => builder.Services.AddSingleton(new Heard<string>()));
    }

    private sealed class IntakeDefinition : ConsumerDefinition<RawConsumer>
    {
        public IntakeDefinition() => EndpointName = DeadLetters.Intake;

        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<RawConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseRawMessages();
    }
}
