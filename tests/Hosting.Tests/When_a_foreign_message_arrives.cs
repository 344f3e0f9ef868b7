using System.Text;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Tests;

public sealed class When_a_foreign_message_arrives(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Theory]
    [InlineData(null, "{\"taskId\":\"a\"}")]
    [InlineData("", "")]
    [InlineData("application/json", "{\"taskId\":")]
    [InlineData("application/json; charset=utf-8", "{}")]
    [InlineData("application/vnd.masstransit+json", "not an envelope")]
    [InlineData("application/xml", "<a/>")]
    [InlineData("no content type;;==", "\u0000\u0001\u0002")]
    public async Task Should_reach_the_consumer_as_it_came(string? contentType, string body)
    {
        var heard = new Heard<RawMessage>();
        await using var service = await Coordinator(heard);
        var properties = new BasicProperties { ReplyTo = "somewhere", CorrelationId = "not a guid", Headers = new Dictionary<string, object?> { ["x"] = "y", ["n"] = 7 } };
        if (contentType is not null)
            properties.ContentType = contentType;

        await broker.Publish("", "trigger", Encoding.UTF8.GetBytes(body), properties);

        var message = await heard.One();
        Encoding.UTF8.GetString(message.Body.Span).ShouldBe(body);
        message.ContentType.ShouldBe(contentType);
        message.ReplyTo.ShouldBe("somewhere");
        message.CorrelationId.ShouldBe("not a guid");
        message.MessageId.ShouldBeNull();
        message.Header("x").ShouldBe("y");
        message.Header("n").ShouldBe("7");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    public async Task Should_keep_the_id_that_its_sender_gave(string id)
    {
        var heard = new Heard<RawMessage>();
        await using var service = await Coordinator(heard);

        await broker.Publish("", "trigger", new byte[] { 0xff, 0xfe }, new BasicProperties { MessageId = id, Type = "t", Expiration = "60000" });

        var message = await heard.One();
        message.MessageId.ShouldBe(id);
        message.Body.ToArray().ShouldBe(new byte[] { 0xff, 0xfe });
    }

    [Fact]
    public async Task Should_survive_headers_that_look_like_ours()
    {
        var heard = new Heard<RawMessage>();
        await using var service = await Coordinator(heard);
        var headers = new Dictionary<string, object?>
        {
            ["MT-Activity-Id"] = "nonsense",
            ["MT-Host-ProcessId"] = "nonsense",
            ["conversation-id"] = new Dictionary<string, object?> { ["a"] = new List<object?> { 1, "b" } },
            ["reply-by"] = 4711L,
            ["traceparent"] = "nonsense",
            ["publishId"] = "nonsense",
        };

        await broker.Publish("", "trigger", "x"u8.ToArray(), new BasicProperties { Headers = headers });

        (await heard.One()).Headers.Keys.ShouldContain("publishId");
    }

    private Task<ServiceUnderTest> Coordinator(Heard<RawMessage> heard) => ServiceUnderTest.Start(
        broker, "coordinator", bus => bus.AddConsumer<RawConsumer, RawConsumerDefinition>(), builder => builder.Services.AddSingleton(heard));
}
