using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;

namespace LoopBus.Persistence.Tests;

public sealed class When_headers_are_set(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_arrive_as_they_were_said()
    {
        await using var service = await Service.Start(broker, database, bus => bus.AddConsumer<OrderPlacedConsumer>());
        var (message, conversation, correlation, initiator) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        await service.Commit((_, outbox) => outbox.Publish(new OrderPlaced(Guid.NewGuid()), context =>
        {
            context.MessageId = message;
            context.ConversationId = conversation;
            context.CorrelationId = correlation;
            context.InitiatorId = initiator;
            context.ResponseAddress = new Uri("exchange:answers");
            context.TimeToLive = TimeSpan.FromMinutes(5);
            context.Headers.Set("performative", "inform");
            context.Headers.Set("attempt", 3);
        }));

        await service.Journal.Until<OrderPlaced>(1);
        var seen = service.Journal.Contexts<OrderPlaced>()[0].Context;
        seen.MessageId.ShouldBe(message);
        seen.ConversationId.ShouldBe(conversation);
        seen.CorrelationId.ShouldBe(correlation);
        seen.InitiatorId.ShouldBe(initiator);
        seen.ResponseAddress!.ToString().ShouldContain("answers");
        seen.ExpirationTime.ShouldNotBeNull();
        seen.Headers.Get<string>("performative").ShouldBe("inform");
        seen.Headers.Get<int>("attempt").ShouldBe(3);
        seen.ReceiveContext.TransportHeaders.Get<string>("performative").ShouldBe("inform");
    }
}
