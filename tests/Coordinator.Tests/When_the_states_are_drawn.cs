using LoopBus.Coordinator.Tests.Runs;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests;

public sealed class When_the_states_are_drawn
{
    [Fact]
    public void Should_show_every_way_that_a_run_can_take()
    {
        var ways = new SortedSet<string>(StringComparer.Ordinal);

        for (var seed = 0; seed < 20_000; seed++)
            new Wanderer(seed, ways).Wander();

        var drawn = ways.Select(way => way.Split(": ", 2)).GroupBy(way => way[0], way => way[1]).Select(way => $"{way.Key}: {string.Join(", ", way)}");
        ApprovedText.Check("RunStates.mmd", $"stateDiagram-v2\n    [*] --> Planning: run requested\n{string.Join('\n', drawn)}\n");
        foreach (var state in RunStatuses.All)
            ways.ShouldContain(way => way.Contains($"--> {state}:", StringComparison.Ordinal) || state == "Planning");
    }
}
