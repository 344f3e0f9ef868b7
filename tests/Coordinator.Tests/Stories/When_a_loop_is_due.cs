using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Coordinator.Tests.World;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.Stories;

public sealed class When_a_loop_is_due(NewYearsWorld world) : IClassFixture<NewYearsWorld>
{
    [Fact]
    public async Task Should_run_once_for_all_coordinators_and_for_the_last_of_the_times_that_passed()
    {
        (await Runs()).ShouldBeEmpty();
        await using var other = world.Coordinator();
        using var second = other.CreateClient();
        var now = TimeProvider.System.GetUtcNow();
        var due = new DateTimeOffset(now.Year + 2, 1, 1, 0, 0, 0, TimeSpan.Zero);

        await world.SetClock((due - now).TotalSeconds + 60);

        var taskId = $"yearly:{due:yyyyMMdd}T0000";
        await Eventually.True(async () => (await Runs()).Count > 0, WorldFixture.Patience, "the loop runs by itself");
        var run = await world.Until(taskId, "completed");
        run.GetProperty("loop").GetString().ShouldBe("yearly");
        world.Roles.Steps.Where(asked => asked.Content.TaskId == taskId).ShouldHaveSingleItem().Content.Arguments.GetProperty("path").GetString().ShouldBe("a.txt");
        (await Runs()).ShouldBe([taskId]);
    }

    private async Task<List<string>> Runs() =>
        [.. (await world.Http.GetFromJsonAsync<JsonElement>("/runs?loop=yearly")).GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("taskId").GetString()!)];
}
