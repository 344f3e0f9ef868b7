using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Scale;

[Collection(AnotherSystem.Name)]
public sealed class When_executors_of_two_kinds_bid(LoopBusSystem system) : IAsyncLifetime
{
    private static readonly (string, string?)[] Spare = [("LoopBus:Executor:Kind", "spare"), ("LoopBus:Executor:Prices:file.write", "0.01")];

    public Task InitializeAsync() => Task.CompletedTask;

    // As who gives a kind up: what its queue holds is nobody's.
    public async Task DisposeAsync()
    {
        await system.Mend();
        await using var connection = await system.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync("executor-spare", ifUnused: false, ifEmpty: false);
    }

    [Fact]
    public async Task Should_give_the_step_to_the_one_whose_price_is_known_and_the_rest_to_the_others()
    {
        system.Add("Executor", Spare).Start();
        await system.UntilReady();

        await system.Publish(Bid("bid-1"));

        var run = await system.Until("bid-1", "completed");
        run.GetProperty("result").GetProperty("content").GetString().ShouldBe("bid-1");
        run.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("executor").GetString()).ShouldBe(["executor-spare", null]);
    }

    [Fact]
    public async Task Should_have_the_effect_once_where_the_winner_dies_with_it()
    {
        var doomed = system.Add("Executor", [.. Spare, ("LoopBus:Executor:ExitAt", "after-call")]);
        doomed.Start();
        await system.UntilReady();

        await system.Publish(Bid("bid-2"));
        await doomed.UntilDead(TimeSpan.FromSeconds(60));

        var run = await system.Until("bid-2", "completed", TimeSpan.FromSeconds(120));
        var write = run.GetProperty("steps")[0];
        (write.GetProperty("executor").GetString(), write.GetProperty("attempt").GetInt32()).ShouldBe(("executor", 2));
        (await File.ReadAllTextAsync(Path.Combine(system.Files, "bid-2.txt"))).ShouldBe("bid-2");
    }

    private static string Bid(string taskId) => $$"""{ "taskId": "{{taskId}}", "taskType": "bid-file", "input": { "name": "{{taskId}}" } }""";
}
