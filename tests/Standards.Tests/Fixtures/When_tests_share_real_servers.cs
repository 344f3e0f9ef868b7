using System.Text;
using LoopBus.Testing;

namespace LoopBus.Standards.Tests.Fixtures;

public sealed class When_tests_share_real_servers(BrokerFixture broker, DatabaseFixture database)
    : IClassFixture<BrokerFixture>, IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Should_have_a_virtual_host_of_their_own()
    {
        await broker.Put($"/api/queues/{broker.VirtualHost}/letters", new { durable = true });

        await broker.Publish("", "letters", Encoding.UTF8.GetBytes("hello"));

        (await broker.Ready("letters")).ShouldBe(1u);
        Encoding.UTF8.GetString((await broker.Take("letters"))!.Body.Span).ShouldBe("hello");
    }

    [Fact]
    public async Task Should_have_a_database_of_their_own()
    {
        await database.Execute("create table kept (id int primary key); insert into kept values (7)");

        (await database.Scalar("select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task Should_move_the_clock_by_hand()
    {
        var clock = new ManualTimeProvider();
        var delay = Task.Delay(TimeSpan.FromHours(1), clock);

        clock.Advance(TimeSpan.FromMinutes(59));
        delay.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));

        await delay;
    }
}
