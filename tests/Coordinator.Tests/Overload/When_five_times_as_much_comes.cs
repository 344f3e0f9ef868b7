using System.Net;
using System.Net.Http.Json;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;
using Xunit.Abstractions;

namespace LoopBus.Coordinator.Tests.Overload;

[Collection("crowded world")]
public sealed class When_five_times_as_much_comes(CrowdedWorld world, ITestOutputHelper output)
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_do_what_it_can_and_refuse_the_rest()
    {
        await using var outcomes = await Outcomes.Open(world);
        await new Storm(world, outcomes).Capacity(inHand: CrowdedWorld.MostRuns / 2, TimeSpan.FromSeconds(3));
        var capacity = await new Storm(world, outcomes).Capacity(inHand: CrowdedWorld.MostRuns / 2, TimeSpan.FromSeconds(6));

        var storm = new Storm(world, outcomes);
        var began = TimeProvider.System.GetTimestamp();
        await storm.Offer(5 * capacity, TimeSpan.FromSeconds(10));
        var lasted = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        string[] taken = [.. storm.Taken.Keys, .. storm.Mute];
        var ended = taken.Count(outcomes.HasEnded) + storm.Asking.Count(outcomes.HasEnded);

        await Eventually.True(() => Task.FromResult(storm.Asking.All(outcomes.Answers.ContainsKey)), Drain, "whoever asked has an answer");
        var agreed = storm.Asking.Where(task => outcomes.Answers[task].GetProperty("performative").GetString() == "agree").ToList();
        await Eventually.True(() => Task.FromResult(taken.Concat(agreed).All(outcomes.HasEnded)), Drain, () => $"all that was taken ends; {taken.Concat(agreed).Count(task => !outcomes.HasEnded(task))} did not");

        var waits = new List<TimeSpan>();
        foreach (var (task, offered) in storm.Taken)
            waits.Add(TimeProvider.System.GetElapsedTime(offered, await outcomes.EndOf(task)));
        waits.Sort();
        output.WriteLine(
            $"capacity {capacity:0.0}/s; offered {(storm.Taken.Count + storm.Refused.Count + storm.Asking.Count + storm.Mute.Count) / lasted:0.0}/s for {lasted:0.0} s; ended {ended / lasted:0.0}/s meanwhile; " +
            $"over HTTP {storm.Taken.Count} taken, {storm.Refused.Count} refused; asking {agreed.Count} taken of {storm.Asking.Count}; mute {storm.Mute.Count}; " +
            $"taken ones took {waits[waits.Count / 2].TotalSeconds:0.00} s p50, {waits[waits.Count * 99 / 100].TotalSeconds:0.00} s p99");

        storm.Others.ShouldBeEmpty();
        storm.Refused.ShouldAllBe(answer => answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        storm.Refused.Count.ShouldBeGreaterThan(storm.Taken.Count);
        foreach (var task in storm.Asking.Except(agreed))
            outcomes.Answers[task].GetProperty("reason").GetProperty("code").GetString().ShouldBe("overloaded");
        (ended / lasted).ShouldBeGreaterThan(capacity / 4, "what was taken goes on at nearly the pace that it had alone");
        // What is at work at once bounds how long each takes (Little's law).
        waits[waits.Count * 99 / 100].TotalSeconds.ShouldBeLessThan((4 * CrowdedWorld.MostRuns / capacity) + 5);

        (await world.Broker.Ready("dead-letter-intake")).ShouldBe(0u);
        var after = await Eventually.Value(
            async () =>
            {
                var answer = await world.Http.PostAsJsonAsync("/runs", new { taskId = $"after-{Guid.NewGuid():n}", taskType = "quick" });
                return answer.StatusCode == HttpStatusCode.Accepted ? answer : null;
            },
            WorldFixture.Patience,
            "new triggers are taken again");
        after.ShouldNotBeNull();
    }
}
