namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>Runs of one step over a hundred items, all answers of a run meeting the same row, and how they ended.</summary>
internal sealed class Fans(LoopBusSystem system, IReadOnlyList<string> tasks)
{
    public const int Items = 100;

    /// <summary>What coordinators hear in these runs, at least: a trigger, a plan, and an answer for each item.</summary>
    public int Messages => tasks.Count * (Items + 2);

    public static async Task<Fans> Publish(LoopBusSystem system, string name, int runs)
    {
        string[] tasks = [.. Enumerable.Range(1, runs).Select(number => $"{name}-{number}")];
        await system.PublishAll(tasks.Select(task => Some.FanOut(task, Items)));
        return new Fans(system, tasks);
    }

    /// <summary>How often a process had to run a message again, because another had changed its run first.</summary>
    public static int LostRaces(ServiceProcess coordinator) => coordinator.Logged("lost a race");

    /// <summary>How many items of all runs are done.</summary>
    public async Task<int> Done()
    {
        var done = 0;
        foreach (var task in tasks)
        {
            if (await system.Run(task) is { } run)
                done += run.GetProperty("steps").EnumerateArray().Count(step => step.GetProperty("status").GetString() == "done");
        }

        return done;
    }

    /// <summary>Waits for each run, and finds it completed with all of its items; none is quarantined.</summary>
    public async Task UntilAllCompleted()
    {
        foreach (var task in tasks)
        {
            var run = await system.Until(task, "completed", TimeSpan.FromMinutes(3));
            run.GetProperty("result").GetArrayLength().ShouldBe(Items);
        }
    }
}
