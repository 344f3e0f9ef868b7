using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using MassTransit;

namespace LoopBus.Persistence.Tests;

public sealed class When_tables_are_new(BrokerFixture broker, DatabaseFixture database) : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    private const string Tables = "'Baskets', 'inbox', 'outbox'";

    // Left to itself PostgreSQL reads a small table whole, and goes on doing so while it grows, until it has statistics.
    [PostgreSqlFact("SQL Server seeks by key without being told")]
    public async Task Should_find_rows_by_key_all_the_same()
    {
        await using (var service = await Service.Start(
            broker,
            database,
            bus =>
            {
                bus.AddSagaStateMachine<BasketStateMachine, Basket>().UnitOfWorkRepository<ShopDbContext>();
                bus.AddConsumer<ItemAddedConsumer>();
            }))
        {
            for (var item = 0; item < 3; item++)
            {
                await Task.WhenAll(Enumerable.Range(0, 20).Select(basket => service.Publish(new AddItem(new Guid(basket, 0, 0, new byte[8]), "tea"))));
                await service.Journal.Until<ItemAdded>(20 * (item + 1));
            }
        }

        // The backends end with the service; then their counts are in.
        await Eventually.True(async () => await Sum("idx_scan") > 180, TimeSpan.FromSeconds(10), "the counts of 120 messages");
        // To make an index is to read the whole table once.
        (await Sum("seq_scan")).ShouldBe(await database.Count($"pg_indexes where tablename in ({Tables})"));
    }

    private async Task<long> Sum(string column) => (long)(await database.Scalar(
        $"select coalesce(sum({column}), 0)::bigint from pg_stat_user_tables where relname in ({Tables})"))!;
}
