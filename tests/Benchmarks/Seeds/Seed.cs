using LoopBus.Benchmarks.Loads;
using LoopBus.Testing;

namespace LoopBus.Benchmarks.Seeds;

/// <summary>Some runs that really happened, of which many are made: each with all that the services keep of it.</summary>
internal sealed class Seed
{
    // What names its task; beside it each service keeps the ids of the messages it read, and messages that are due in days.
    private static readonly string[] OfTasks = ["coordinator.task", "coordinator.run", "coordinator.run_history", "planner.plans", "executor.effect", "approval.questions"];
    private static readonly string[] Services = ["coordinator", "planner", "executor", "approval"];

    private readonly Rows rows;
    private readonly string tasks;
    private readonly List<(string Table, string Of)> patterns = [];
    private long made;

    private Seed(Rows rows, string prefix, int runs) => (this.rows, tasks, Runs) = (rows, $"task_id like '{prefix}-%' and task_id not like '%.%'", runs);

    /// <summary>How many runs really happened.</summary>
    public int Runs { get; }

    /// <summary>Starts so many runs and waits until as many rows say that they are where they should be.</summary>
    public static async Task<Seed> Plant(Bench bench, LoadKind kind, int runs, string table, string reached)
    {
        var since = $"'{bench.Time.GetUtcNow():O}'";
        await using var load = await Load.Open(bench.Installation, bench.Time);
        var seed = new Seed(new Rows(bench.Database), load.Prefix, runs);
        for (var run = 0; run < runs; run++)
            await load.Trigger(kind.Loop, kind.Input);
        await Eventually.True(
            async () => await seed.rows.Count(table, $"{seed.tasks} and {reached}") == runs, TimeSpan.FromSeconds(120), $"{runs} runs of {kind.Loop} have come so far that {reached}");
        await seed.Remember(since);
        return seed;
    }

    /// <summary>How many rows a table holds of the runs that really happened.</summary>
    public Task<long> Count(string table) => rows.Count(table, tasks);

    /// <summary>Adds so many copies of each run.</summary>
    public async Task Copy(long copies)
    {
        foreach (var (table, of) in OfTasks.Select(table => (table, tasks)).Concat(patterns))
            await rows.Multiply(table, of, made + 1, made + copies);
        made += copies;
        await rows.Settle();
    }

    // A copy has the times of its pattern: only the count tells them apart from it.
    private async Task Remember(string since)
    {
        foreach (var service in Services)
        {
            await Remember($"{service}.inbox", $"consumed_at >= {since}");
            await Remember($"{service}.outbox", $"created_at >= {since} and due_at > now() + interval '1 day'");
        }
    }

    private async Task Remember(string table, string where)
    {
        var count = await rows.Count(table, where);
        patterns.Add((table, $"ctid in (select ctid from {table} where {where} limit {count})"));
    }
}
