using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Recovery;

[Collection(AnotherSystem.Name)]
public sealed class When_the_executor_dies_between_steps(LoopBusSystem system) : IAsyncLifetime
{
    private static readonly string[] Steps = ["first", "second", "third", "last"];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => system.Mend();

    [Theory]
    [InlineData("kept:1", "the third step's intent is kept, its tool is not called")]
    [InlineData("after-call:1", "the second step is done, and not yet kept")]
    [InlineData("resolved:2", "the third step is done, and not yet kept")]
    [InlineData("before-call:3", "the last step begins")]
    public async Task Should_go_on_where_it_was_and_show_every_step(string point, string where)
    {
        var task = $"between-{point.Replace(':', '-')}";

        await system.DiesAt("Executor", "LoopBus:Executor:ExitAt", point, () =>
            system.Publish($$"""{ "taskId": "{{task}}", "taskType": "keep-four", "input": { "name": "{{task}}" } }"""));
        (await system.Run(task))!.Value.GetProperty("steps").EnumerateArray().ShouldAllBe(step => step.GetProperty("status").GetString() == "executing", where);
        system.One("Executor").Start();

        var run = await system.Until(task, "completed", TimeSpan.FromSeconds(90));
        run.GetProperty("result").GetProperty("content").GetString().ShouldBe($"after {task}/2.txt");
        run.GetProperty("iteration").GetInt32().ShouldBe(Steps.Length);
        ShouldShow(run.GetProperty("steps").EnumerateArray().ToList());
        await ShouldTell(task);
    }

    private static void ShouldShow(List<JsonElement> steps)
    {
        steps.Select(step => $"{step.GetProperty("id").GetString()} {step.GetProperty("status").GetString()}").ShouldBe(Steps.Select(id => $"{id} done"));
        var times = steps.SelectMany(step => new[] { step.GetProperty("startedAt").GetDateTimeOffset(), step.GetProperty("endedAt").GetDateTimeOffset() }).ToList();
        times.ShouldBeInOrder();
    }

    // One answer for each step. Who waited for the dead one's lease has had its second: what is left then is asked for anew.
    private async Task ShouldTell(string task)
    {
        var acts = (await system.Api.GetFromJsonAsync<JsonElement>($"runs/{task}/history")).GetProperty("acts").EnumerateArray().ToList();
        acts.Count(act => act.GetProperty("content").GetString() == "execute-segment").ShouldBeInRange(1, 2);
        acts.Where(act => act.GetProperty("content").GetString() == "step-result")
            .Select(act => act.GetProperty("payload").GetProperty("content").GetProperty("stepId").GetString()).ShouldBe(Steps);
    }
}
