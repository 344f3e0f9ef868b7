using LoopBus.Persistence.Inbox;
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

        (await database.Count("shop.migrations")).ShouldBe(1);
        foreach (var service in services)
            await service.DisposeAsync();
    }

    [Fact]
    public async Task Should_have_long_values_compressed_at_little_cost_where_the_server_can()
    {
        await using var service = await Service.Start(broker, database, _ => { });
        var can = await database.Scalar("select 'lz4' = any (enumvals) from pg_settings where name = 'default_toast_compression'");

        var compressed = await database.Scalar("select attcompression::text from pg_attribute where attrelid = 'shop.outbox'::regclass and attname = 'body'");

        compressed.ShouldBe(can is true ? "l" : "");
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

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql, "Host=127.0.0.1;Port=1;Username=nobody;Password=none")]
    [InlineData(DatabaseProvider.SqlServer, "Server=tcp:127.0.0.1,1;User Id=nobody;Password=none;Encrypt=false")]
    public async Task Should_say_that_there_is_no_such_database(DatabaseProvider provider, string connectionString)
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => Service.Start(
            broker,
            database,
            _ => { },
            options: options => (options.Provider, options.ConnectionString, options.StartTimeout) = (provider, connectionString, TimeSpan.FromSeconds(2))));

        refused.Message.ShouldContain($"The {provider} database can not be used, tried for 2 s: ");
        refused.Message.ShouldContain("LoopBus:Database:Provider and ConnectionString");
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

        var before = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(2);
        await service.Read(shop =>
        {
            shop.AddRange(Enumerable.Range(0, 25).Select(_ => new InboxMessage { MessageId = Guid.NewGuid(), Queue = "old", UnitId = Guid.NewGuid(), ConsumedAt = before }));
            return shop.SaveChangesAsync();
        });

        await Eventually.True(
            async () => await database.Count("shop.inbox where queue = 'old'") == 0, TimeSpan.FromSeconds(10), "old rows gone");
        (await database.Count("shop.inbox")).ShouldBe(1);
    }
}
