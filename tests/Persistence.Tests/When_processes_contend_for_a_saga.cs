using LoopBus.Persistence.Sagas;
using LoopBus.Persistence.Tests.Shop;
using LoopBus.Testing;
using LoopBus.Testing.Databases;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Persistence.Tests;

public sealed class When_processes_contend_for_a_saga(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private readonly Guid saga = Guid.NewGuid();
    private string sql = "";
    private Service first = null!;
    private Service second = null!;

    [Fact]
    public async Task Should_lock_none_that_no_race_was_lost_for()
    {
        (await Take(first)).ShouldBeNull();
        Locks(second).Mark(saga);

        (await Take(first)).ShouldBeNull();
    }

    [Fact]
    public async Task Should_wait_until_the_other_is_done()
    {
        Mark();
        var held = await Take(first);
        var waiting = Take(second);
        await Eventually.True(async () => await Waiting() == 1, TimeSpan.FromSeconds(10), "the second waits for the lock");

        await held!.DisposeAsync();

        await (await waiting)!.DisposeAsync();
    }

    [Fact]
    public async Task Should_not_wait_for_one_that_died()
    {
        Mark();
        var held = await Take(first);
        var waiting = Take(second);
        await Eventually.True(async () => await Waiting() == 1, TimeSpan.FromSeconds(10), "the second waits for the lock");

        await End(held!);

        await (await waiting)!.DisposeAsync();
        await held!.DisposeAsync();
    }

    [Fact]
    public async Task Should_go_without_where_the_other_stands_still()
    {
        Mark();
        await using var held = await Take(first);

        (await Take(second)).ShouldBeNull();
    }

    [PostgreSqlFact("it leaves a transaction that does nothing alone, until its connection ends")]
    public async Task Should_not_go_without_for_long()
    {
        Mark();
        await using var held = await Take(first);

        var later = await Eventually.Value(() => Take(second), TimeSpan.FromSeconds(10), "the database ends a transaction that does nothing");
        await later.DisposeAsync();
    }

    [Fact]
    public async Task Should_free_what_a_failed_message_has_locked()
    {
        await using var failing = await Service.Start(
            broker,
            database,
            bus => bus.AddSagaStateMachine<BasketStateMachine, Basket>().UnitOfWorkRepository<ShopDbContext>(),
            name: "failing",
            retries: 0);
        using var locks = new Count(failing, "loopbus.saga.locks");
        Mark();
        Locks(failing).Mark(saga);

        // More than may be locked at the same time; a basket that is not open yet can not be checked out.
        for (var number = 0; number < 15; number++)
            await failing.Publish(new CheckOut(saga));

        await Eventually.True(() => locks.Total == 15, TimeSpan.FromSeconds(20), "15 messages had the lock");
        await (await Take(second))!.DisposeAsync();
    }

    public async Task InitializeAsync()
    {
        first = await Service.Start(broker, database, _ => { });
        second = await Service.Start(broker, database, _ => { });
        var units = new Units(first.Services);
        await units.Write(units.Of(Guid.NewGuid(), "begun", units.Begin(saga)));
        sql = units.Baskets.Lock;
    }

    public async Task DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private static SagaLocks Locks(Service process) => process.Services.GetRequiredService<SagaLocks>();

    private Task<HeldLock?> Take(Service process) => Locks(process).TakeIfMarked(saga, sql, CancellationToken.None);

    private void Mark()
    {
        Locks(first).Mark(saga);
        Locks(second).Mark(saga);
    }

    private Task<long> Waiting() => database.Count(TestDatabase.IsOnSqlServer
        ? "sys.dm_exec_requests where database_id = db_id() and wait_type like 'LCK%'"
        : "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

    // As if the process that has it had ended.
    private async Task End(HeldLock held)
    {
        await using var ask = held.Connection.CreateCommand();
        (ask.Transaction, ask.CommandText) = (held.Transaction, TestDatabase.IsOnSqlServer ? "select @@spid" : "select pg_backend_pid()");
        var session = await ask.ExecuteScalarAsync();
        await database.Execute(TestDatabase.IsOnSqlServer ? $"kill {session}" : $"select pg_terminate_backend({session})");
    }
}
