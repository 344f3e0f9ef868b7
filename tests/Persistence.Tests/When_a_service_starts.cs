using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Tests;

public sealed class When_a_service_starts(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_migrate_once_when_several_start_at_the_same_time()
    {
        var services = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Service.Start(broker, database, _ => { })));

        ((long)(await database.Scalar("select count(*) from shop.migrations"))!).ShouldBe(1);
        foreach (var service in services)
            await service.DisposeAsync();
    }

    [Fact]
    public async Task Should_refuse_a_schema_that_is_newer_than_itself()
    {
        await using (await Service.Start(broker, database, _ => { }))
            await database.Execute("insert into shop.migrations values ('99990101000000_FromTheFuture', '10.0.0')");

        var refused = await Should.ThrowAsync<SchemaNewerException>(() => Service.Start(broker, database, _ => { }));

        refused.Message.ShouldContain("99990101000000_FromTheFuture");
        await database.Execute("delete from shop.migrations where \"MigrationId\" like '9999%'");
    }

    [Fact]
    public async Task Should_say_which_setting_is_wrong()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(
            () => Service.Start(broker, database, _ => { }, options: options => options.SendTimeout = TimeSpan.FromHours(1)));

        refused.Message.ShouldContain("LoopBus:Database:SendTimeout");
    }

    [Fact]
    public async Task Should_forget_handled_messages_after_their_retention()
    {
        await using var service = await Service.Start(
            broker,
            database,
            bus => bus.AddConsumer<OrderPlacedConsumer>(),
            options: options =>
            {
                options.InboxRetention = TimeSpan.FromHours(1);
                options.InboxCleanupInterval = TimeSpan.FromMilliseconds(100);
                options.BatchSize = 10;
            });
        await service.Publish(new OrderPlaced(Guid.NewGuid()));
        await service.Journal.Until<OrderPlaced>(1);

        await database.Execute(
            "insert into shop.inbox select gen_random_uuid(), 'old', gen_random_uuid(), now() - interval '2 hours' from generate_series(1, 25)");

        await Eventually.True(
            async () => (long)(await database.Scalar("select count(*) from shop.inbox where queue = 'old'"))! == 0, TimeSpan.FromSeconds(10), "old rows gone");
        ((long)(await database.Scalar("select count(*) from shop.inbox"))!).ShouldBe(1);
    }
}
