using System.Diagnostics;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;
using Xunit.Abstractions;

namespace LoopBus.Acceptance.Tests.Cluster;

/// <summary>Three nodes, each queue on all of them: the one that leads the coordinator's queue dies in the middle of the work.</summary>
[Collection(OneSystem.Name)]
public sealed class When_a_broker_node_is_killed(ITestOutputHelper output)
{
    private const int Runs = 150;
    private const int Later = 50;

    [Fact]
    public async Task Should_go_on_with_the_others_and_end_every_run_once()
    {
        await using IAsyncDisposable ends = new LoopBusSystem("--nodes", "3");
        var system = (LoopBusSystem)ends;
        await system.InitializeAsync();
        await EachQueueIsOn(3, system);
        var leader = await LeaderOf("coordinator", system);
        system.Servers.Node = leader == 1 ? 2 : 1;
        await using var outcomes = await Answers.Open(system, exchange: "outcome");
        var times = new List<TimeSpan>();
        var clock = Stopwatch.StartNew();
        outcomes.Arrived = _ => times.Add(clock.Elapsed);
        var batch = await Batch.Publish(system, "cluster", Runs);
        await Eventually.True(() => batch.Ended(outcomes) >= 10, TimeSpan.FromSeconds(60), "ten runs have ended");

        var before = batch.Ended(outcomes);
        var killed = clock.Elapsed;
        await system.Servers.KillNode(leader);
        // The broker refuses what it can not store until another node leads: a sender tries again, and the same task is the same run.
        var later = await Eventually.Value<Batch>(async () => await Batch.Publish(system, "cluster-later", Later), TimeSpan.FromSeconds(60), "the later triggers are taken");

        await batch.UntilAllCompleted(outcomes);
        await later.UntilAllCompleted(outcomes);
        before.ShouldBeLessThan(Runs, "the node died in the middle of the work");
        output.WriteLine($"{Runs + Later} runs, {before} ended before node {leader} was killed; {Standstill(killed, times).TotalSeconds:0.0} s without an ended run, all ended {(clock.Elapsed - killed).TotalSeconds:0.0} s after");

        await system.Servers.Start();
        await EachQueueIsOn(3, system);
        await system.UntilReady();
    }

    // The longest time after the kill in which no run ended, the first included.
    private static TimeSpan Standstill(TimeSpan killed, List<TimeSpan> ended)
    {
        var after = ended.Where(time => time > killed).Prepend(killed).ToList();
        return after.Zip(after.Skip(1), (from, to) => to - from).Max();
    }

    private static async Task<int> LeaderOf(string queue, LoopBusSystem system)
    {
        var name = (await system.Servers.Manage($"queues/loopbus/{queue}")).GetProperty("leader").GetString()!.Split('@')[0];
        return name.Count(letter => letter == '-') == 1 ? 1 : name[^1] - '0';
    }

    private static Task EachQueueIsOn(int nodes, LoopBusSystem system) => Eventually.True(
        async () =>
        {
            var queues = (await system.Servers.Manage("queues/loopbus")).EnumerateArray().Where(queue => queue.GetProperty("type").GetString() == "quorum").ToList();
            return queues.Count == 8 && queues.TrueForAll(queue => queue.GetProperty("online").GetArrayLength() == nodes);
        },
        TimeSpan.FromSeconds(60),
        $"all eight queues have {nodes} members at work");
}
