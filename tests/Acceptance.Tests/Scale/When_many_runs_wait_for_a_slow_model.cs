using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Scale;

[Collection(AnotherSystem.Name)]
public sealed class When_many_runs_wait_for_a_slow_model(LoopBusSystem system)
{
    private const int Runs = 64;

    private readonly string name = $"slow-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_let_them_wait_together_and_account_for_each_token()
    {
        system.Models.Script(Script.Of(Rule.Always(Slow)));
        var before = await Spent();

        await system.PublishAll(Enumerable.Range(0, Runs).Select(i => JsonSerializer.Serialize(new { taskId = $"{name}-{i}", taskType = "answer", input = new { number = $"{name}-{i}." } })));
        await Eventually.True(() => Task.FromResult(Asked >= Runs), TimeSpan.FromSeconds(30), () => $"all are asked while none is answered; {Asked} are");

        // Who waits holds no thread and little memory, and the planner answers meanwhile.
        var (threads, megabytes) = (Status("Threads"), Status("VmRSS") / 1024);
        await system.One("Planner").UntilReady(TimeSpan.FromSeconds(5));
        threads.ShouldBeLessThan(60);
        megabytes.ShouldBeLessThan(600);

        for (var i = 0; i < Runs; i++)
            await system.Until($"{name}-{i}", "completed");
        Enumerable.Range(0, Runs).Where(i => system.Models.Journal.Count($"{name}-{i}.") != 1).ShouldBeEmpty("each is asked once");
        var took = system.Models.Journal.Calls.Where(call => call.Says(name)).Sum(call => call.InputTokens + call.OutputTokens);
        await Eventually.True(async () => await Spent() - before == (took, 0), TimeSpan.FromSeconds(10), $"{took} tokens are booked, and nothing is reserved");
    }

    private static Reply Slow { get; } = Reply.OfJson(new { subgoal = "answer", reasoning = "It is known.", confidence = 1, action = (object?)null, finish = new { result = 42 } }) with { Delay = 10_000 };

    private int Asked => system.Models.Journal.Count(name);

    private long Status(string what) => long.Parse(
        File.ReadLines($"/proc/{system.One("Planner").Id}/status").First(line => line.StartsWith($"{what}:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private async Task<Booked> Spent()
    {
        var today = (await system.Api.GetFromJsonAsync<JsonElement>("budgets?scope=loop:answer")).GetProperty("budgets").EnumerateArray().First();

        return new Booked(today.GetProperty("spent").GetProperty("tokens").GetInt64(), today.GetProperty("reserved").GetProperty("tokens").GetInt64());
    }

    private sealed record Booked(long Spent, long Reserved)
    {
        public static (long Spent, long Reserved) operator -(Booked now, Booked before) => (now.Spent - before.Spent, now.Reserved);
    }
}
