using System.Diagnostics.Metrics;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_message_breaks_its_protocol(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Theory]
    [InlineData("fipa-nonsense", "request", "unknown-protocol")]
    [InlineData("fipa-subscribe", "request", "act-not-in-protocol")]
    [InlineData("fipa-request", "inform", "performative-mismatch")]
    public async Task Should_be_answered_not_understood_and_counted(string protocol, string performative, string code)
    {
        var heard = new Heard<AclParameters>();
        await using var service = await Executor(heard);
        var answers = await broker.Bind("not-understood.execute-step");
        var counted = new Heard<string>();
        using var meter = Listen(counted);
        var conversation = Guid.NewGuid();

        await service.Bus.Publish(new Request<ExecuteStep>(Steps.Step("task-9")), context =>
        {
            context.ConversationId = conversation;
            context.Headers.Set("protocol", protocol);
            context.Serializer = new Misleading(context.Serializer, performative);
        });

        var answer = await broker.Next(answers);
        answer.Header("performative").ShouldBe("not-understood");
        answer.Header("conversation-id").ShouldBe(conversation.ToString());
        answer.Header("loopbus-run").ShouldBe("task-9");
        answer.Text().ShouldContain($"\"{code}\"");
        counted.All.ShouldContain(code);
        heard.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_be_answered_where_it_is_a_not_understood_itself()
    {
        var counted = new Heard<string>();
        using var meter = Listen(counted);
        await using var service = await ServiceUnderTest.Start(
            broker, "critic", bus => bus.AddConsumer<DeafConsumer>().Endpoint(endpoint => endpoint.Name = "critic"));
        var answers = await broker.Bind("not-understood.step-result");

        await service.Bus.Say(
            new NotUnderstood<StepResult>(Steps.Result(Steps.Step()), new Reason("x", "y")), new AclParameters { Protocol = "fipa-nonsense" });

        await counted.One();
        await broker.Next(answers);
        (await broker.Ready(answers)).ShouldBe(0u);
    }

    private static MeterListener Listen(Heard<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Name == "loopbus.not_understood")
                    me.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add(tags.ToArray().First(tag => tag.Key == "code").Value!.ToString()!));
        listener.Start();
        return listener;
    }

    private Task<ServiceUnderTest> Executor(Heard<AclParameters> heard) => ServiceUnderTest.Start(
        broker,
        "executor",
        bus => bus.AddConsumer<AnsweringConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
        builder => builder.Services.AddSingleton(heard));

    private sealed class DeafConsumer : IConsumer<NotUnderstood<StepResult>>
    {
        public Task Consume(ConsumeContext<NotUnderstood<StepResult>> context) => Task.CompletedTask;
    }

    // A sender whose header does not say what its message is.
    private sealed class Misleading(IMessageSerializer serializer, string performative) : IMessageSerializer
    {
        public System.Net.Mime.ContentType ContentType => serializer.ContentType;

        public MessageBody GetMessageBody<T>(SendContext<T> context)
            where T : class
        {
            var body = serializer.GetMessageBody(context).GetString().Replace("\"performative\": \"request\"", $"\"performative\": \"{performative}\"", StringComparison.Ordinal);
            context.Headers.Set("performative", performative);
            return new StringMessageBody(body);
        }
    }
}
