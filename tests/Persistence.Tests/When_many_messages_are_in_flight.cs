using System.Diagnostics;
using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using LoopBus.Testing.Databases;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace LoopBus.Persistence.Tests;

public sealed class When_many_messages_are_in_flight(BrokerFixture broker, DatabaseFixture database, ITestOutputHelper output)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    private const int InFlight = 64;
    private const int Messages = 10 * InFlight;

    [PostgreSqlFact("it counts what pg_stat_database counts")]
    public async Task Should_commit_far_fewer_times_than_there_are_messages()
    {
        var before = await Transactions();

        await Handle();

        // The backends have ended with the service: their counts are all in, those of its start and of the test's own looks too.
        (await Transactions() - before).ShouldBeLessThan(Messages / 2);
    }

    [SqlServerFact]
    public async Task Should_commit_far_fewer_times_than_there_are_messages_on_sql_server()
    {
        using var commits = new Commits(database);

        await Handle();

        commits.Total.ShouldBeInRange(Messages / InFlight, Messages / 2);
    }

    [Fact]
    public async Task Should_lose_none_of_them()
    {
        // LOOPBUS_TEST_SAGAS=3000 and a verbose console logger make a small benchmark of it.
        var sagas = int.Parse(Environment.GetEnvironmentVariable("LOOPBUS_TEST_SAGAS") ?? "500");
        if (!TestDatabase.IsOnSqlServer)
            await database.Execute("create extension if not exists pg_stat_statements");
        await using var service = await Service.Start(broker, database, Baskets, name: "flight");
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => service.Publish(new AddItem(Guid.NewGuid(), "warm"))));
        await service.Journal.Until<ItemAdded>(InFlight);
        var ids = Enumerable.Range(0, sagas).Select(_ => Guid.NewGuid()).ToList();
        var commits = await Commits();
        var began = Stopwatch.GetTimestamp();

        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (id, _) => await service.Publish(new AddItem(id, "tea")));

        await service.Journal.Until<ItemAdded>(InFlight + sagas, seconds: 60);
        output.WriteLine($"{2 * sagas} messages in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s, {await Commits() - commits} commits");
        (await service.Read(shop => shop.Baskets.CountAsync(basket => ids.Contains(basket.CorrelationId)))).ShouldBe(sagas);
    }

    private async Task Handle()
    {
        await using var service = await Service.Start(
            broker,
            database,
            bus => bus.AddConsumer<GatedConsumer>().Endpoint(AtOnce),
            services => services.AddSingleton(new Gate(InFlight)),
            name: "gated");
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(_ => service.Publish(new RemindLater(Guid.NewGuid()))));
        await service.Services.GetRequiredService<Gate>().Passed(Messages);
        await Eventually.True(
            async () => await database.Count("shop.inbox where queue = 'gated-gated'") == Messages, TimeSpan.FromSeconds(20), $"{Messages} messages handled");
    }

    private static void Baskets(IBusRegistrationConfigurator bus)
    {
        bus.AddSagaStateMachine<BasketStateMachine, Basket>().Endpoint(AtOnce).UnitOfWorkRepository<ShopDbContext>();
        bus.AddConsumer<ItemAddedConsumer>().Endpoint(AtOnce);
    }

    private static void AtOnce(IEndpointRegistrationConfigurator endpoint)
    {
        endpoint.ConcurrentMessageLimit = InFlight;
        endpoint.PrefetchCount = InFlight;
    }

    private async Task<long> Transactions() =>
        (long)(await database.Scalar("select xact_commit from pg_stat_database where datname = current_database()"))!;

    private async Task<long> Commits() => TestDatabase.IsOnSqlServer ? 0 : (long)(await database.Scalar(
        "select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query = 'COMMIT' and dbid = (select oid from pg_database where datname = current_database())"))!;
}
