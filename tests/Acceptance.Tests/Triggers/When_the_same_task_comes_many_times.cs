using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Triggers;

[Collection(OneSystem.Name)]
public sealed class When_the_same_task_comes_many_times(LoopBusSystem system)
{
    [Fact]
    public async Task Should_be_one_run()
    {
        await using var outcomes = await Answers.Open(system, exchange: "outcome");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => system.Publish(Some.KeepFile("twenty-at-once"))));

        var run = await system.Until("twenty-at-once", "completed");
        run.GetProperty("steps").EnumerateArray().Count().ShouldBe(2);
        await Eventually.True(() => Mine(outcomes).Any(), TimeSpan.FromSeconds(10), "the outcome is told");
        await system.UntilIdle();
        Mine(outcomes).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_agree_each_time_with_who_asks_for_an_answer()
    {
        await using var answers = await Answers.Open(system);

        for (var i = 0; i < 3; i++)
            await system.Publish(Some.KeepFile("asked-thrice"), new() { ReplyTo = answers.Queue, CorrelationId = $"ask-{i}" });

        await Eventually.True(
            () => answers.All.Where(answer => answer.Performative == "agree").Select(answer => answer.CorrelationId).Distinct().Count() == 3,
            TimeSpan.FromSeconds(30),
            "each of three triggers is agreed to");
        (await answers.With("inform")).CorrelationId.ShouldNotBeNull().ShouldStartWith("ask-");
    }

    private static IEnumerable<string?> Mine(Answers outcomes) =>
        outcomes.All.Where(answer => answer.Text.Contains("twenty-at-once", StringComparison.Ordinal)).Select(answer => answer.MessageId).Distinct();
}
