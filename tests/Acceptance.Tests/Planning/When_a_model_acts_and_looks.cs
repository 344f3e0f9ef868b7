using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Acceptance.Tests.Planning;

[Collection(OneSystem.Name)]
public sealed class When_a_model_acts_and_looks(LoopBusSystem system) : IAsyncLifetime
{
    public Task InitializeAsync()
    {
        system.Models.Script(Script.Of());

        return Task.CompletedTask;
    }

    public Task DisposeAsync() => system.Mend();

    [Fact]
    public async Task Should_decide_each_action_by_what_the_last_one_brought_until_it_is_finished()
    {
        Writes("acted-1");

        await Publish("acts", "acted-1");

        var run = await system.Until("acts", "completed");
        run.GetProperty("result").GetProperty("content").GetString().ShouldBe("42");
        (await File.ReadAllTextAsync(Path.Combine(system.Files, "acted-1.txt"))).ShouldBe("42");
        Decisions("acted-1").ShouldBe(3);
        var last = (await Thoughts("acts"))[^1];
        last.GetProperty("finished").GetBoolean().ShouldBeTrue();
        last.GetProperty("context").GetProperty("verbatim").GetInt32().ShouldBe(2);
        last.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("value").GetString()).ShouldBe(["42"], "the one that no output says is not believed");
        system.Models.Journal.Calls.Last(call => call.Says("acted-1")).Messages[0].Text.ShouldContain("act-2 file.read\nfor: look at it\narguments: {\"path\":\"acted-1.txt\"}\noutput: {");
    }

    [Fact]
    public async Task Should_pay_for_a_decision_once_though_the_planner_dies_before_it_is_told()
    {
        Writes("acted-2");

        // The first commit keeps the model's answer, the second is the decision's.
        await system.DiesAt("Planner", "LoopBus:Database:ExitAt", "BeforeCommit:1", () => Publish("acts-once", "acted-2"));
        var paid = Decisions("acted-2");
        system.One("Planner").Start();

        await system.Until("acts-once", "completed", TimeSpan.FromSeconds(90));
        (paid, Decisions("acted-2")).ShouldBe((1, 3));
    }

    private void Writes(string name)
    {
        var path = $"{name}.txt";
        On(name, done: 0, new
        {
            subgoal = "write it",
            reasoning = "Nothing is written yet.",
            confidence = 0.9,
            action = new { tool = "file.write", arguments = new { path, content = "42" }, compensate = new { tool = "file.restore", arguments = new { path = "{{ output.path }}", backup = "{{ output.backup }}" } } },
        });
        On(name, done: 1, new { subgoal = "look at it", reasoning = "act-1 wrote it.", confidence = 0.9, action = new { tool = "file.read", arguments = new { path = "{{ steps.act-1.output.path }}" } } });
        On(name, done: 2, new
        {
            subgoal = "say it",
            reasoning = "act-2 says it.",
            confidence = 1,
            facts = new[] { new { key = "content", value = "42", source = "act-2" }, new { key = "content", value = "43", source = "act-2" } },
            finish = new { result = new { content = "42" } },
        });
    }

    private void On(string name, int done, object decision) =>
        system.Models.Add(new Rule { When = new When { Contains = [name, $"{done} of at most 6 actions are done."] }, Then = [Reply.OfJson(decision)] });

    private int Decisions(string name) => system.Models.Journal.Calls.Count(call => call.Says(name));

    private Task Publish(string taskId, string name) => system.Publish(JsonSerializer.Serialize(new { taskId, taskType = "act-file", input = new { name } }));

    private async Task<List<JsonElement>> Thoughts(string taskId) =>
        [.. (await system.Api.GetFromJsonAsync<JsonElement>($"runs/{taskId}/history")).GetProperty("acts").EnumerateArray()
            .Where(act => act.GetProperty("performative").GetString() == "propose" && act.GetProperty("content").GetString() == "plan")
            .Select(act => act.GetProperty("payload").GetProperty("content").GetProperty("thought"))];
}
