using System.Text.Json;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>Many runs at once of the loop that keeps a file, and how they ended.</summary>
internal sealed class Batch(LoopBusSystem system, string name, int runs)
{
    public IReadOnlyList<string> Tasks { get; } = [.. Enumerable.Range(1, runs).Select(i => $"{name}-{i:d3}")];

    public static async Task<Batch> Publish(LoopBusSystem system, string name, int runs)
    {
        var batch = new Batch(system, name, runs);
        await system.PublishAll(batch.Tasks.Select(task => Some.KeepFile(task, $"text of {task}")));
        return batch;
    }

    /// <summary>How many of the runs have told their end.</summary>
    public int Ended(Answers outcomes) => Told(outcomes).Count;

    /// <summary>Waits for the last run, then finds every run completed, told once, and its one effect done once.</summary>
    public async Task UntilAllCompleted(Answers outcomes, TimeSpan? deadline = null)
    {
        await UntilAllCompleted(deadline);
        await Eventually.True(() => Ended(outcomes) == runs, TimeSpan.FromSeconds(30), $"the ends of all runs of {name} are told");

        Told(outcomes).Where(told => told.Value > 1).Select(told => told.Key).ShouldBeEmpty("the end of a run is told once");
    }

    /// <summary>Waits for the last run, then finds every run completed and its one effect done.</summary>
    public async Task UntilAllCompleted(TimeSpan? deadline = null)
    {
        var open = new HashSet<string>(Tasks);
        await Eventually.True(
            async () =>
            {
                foreach (var task in open.ToArray())
                {
                    if (await system.Run(task) is not { } run || run.GetProperty("endedAt").ValueKind == JsonValueKind.Null)
                        return false;
                    run.GetProperty("status").GetString().ShouldBe("completed", $"{task}: {run}");
                    run.GetProperty("result").GetProperty("content").GetString().ShouldBe($"text of {task}");
                    open.Remove(task);
                }

                return true;
            },
            deadline ?? TimeSpan.FromSeconds(120),
            () => $"all {runs} runs of {name} end; {open.Count} have not: {string.Join(", ", open.Take(10))}");
    }

    // A relay that died between the publish and its note publishes the same message again: its id tells.
    private Dictionary<string, int> Told(Answers outcomes) => outcomes.All
        .Select(answer => (Task: TaskOf(answer.Json), answer.MessageId))
        .Where(told => told.Task is not null && Tasks.Contains(told.Task))
        .GroupBy(told => told.Task!)
        .ToDictionary(told => told.Key, told => told.Select(each => each.MessageId).Distinct().Count());

    private static string? TaskOf(JsonElement outcome) => outcome.TryGetProperty("taskId", out var task) ? task.GetString() : null;
}
