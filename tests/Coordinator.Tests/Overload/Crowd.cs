using System.Net;
using System.Net.Http.Json;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Overload;

/// <summary>As many runs at work as are allowed: the planner answers none of them, until they are let go.</summary>
internal sealed class Crowd(CrowdedWorld world) : IAsyncDisposable
{
    private readonly List<string> tasks = [];

    public IReadOnlyList<string> Tasks => tasks;

    public static async Task<Crowd> Gather(CrowdedWorld world)
    {
        var crowd = new Crowd(world);
        await Eventually.True(
            async () =>
            {
                var task = $"crowd-{Guid.NewGuid():n}";
                world.Roles.OnPlan[task] = _ => null;
                var answer = await world.Http.PostAsJsonAsync("/runs", new { taskId = task, taskType = "chain" });
                if (answer.StatusCode == HttpStatusCode.Accepted)
                    crowd.tasks.Add(task);
                // Before that it is those of an earlier crowd that still count.
                return answer.StatusCode == HttpStatusCode.TooManyRequests && crowd.tasks.Count == CrowdedWorld.MostRuns;
            },
            WorldFixture.Patience,
            "new runs are refused");
        return crowd;
    }

    /// <summary>Cancels all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var task in tasks)
        {
            await Eventually.True(
                async () => (await world.Http.PostAsync($"/runs/{task}/cancel", null)).StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict,
                WorldFixture.Patience,
                $"{task} can be cancelled");
        }
    }
}
