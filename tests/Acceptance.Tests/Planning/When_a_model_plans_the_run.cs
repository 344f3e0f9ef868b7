using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Planning;

[Collection(OneSystem.Name)]
public sealed class When_a_model_plans_the_run(LoopBusSystem system)
{
    private static readonly object[] Steps =
    [
        new
        {
            id = "write",
            tool = "file.write",
            arguments = new { path = "{{ input.path }}", content = "42" },
            compensate = new { tool = "file.restore", arguments = new { path = "{{ output.path }}", backup = "{{ output.backup }}" } },
        },
        new { id = "check", tool = "file.read", arguments = new { path = "{{ steps.write.output.path }}" }, dependsOn = new[] { "write" } },
    ];

    [Fact]
    public async Task Should_do_what_the_plan_says_and_tell_what_it_took()
    {
        system.Models.Add(Rule.On("answer-1.txt", Reply.OfJson(new { reasoning = "One file is named.", confidence = 0.9, steps = Steps }) with { Usage = new Usage(1200, 300) }));

        await Publish("model-plans", "answer-1.txt");

        var run = await system.Until("model-plans", "completed");
        (await File.ReadAllTextAsync(Path.Combine(system.Files, "answer-1.txt"))).ShouldBe("42");
        run.GetProperty("result").GetProperty("content").GetString().ShouldBe("42");
        (run.GetProperty("tokens").GetInt64(), run.GetProperty("usd").GetDecimal()).ShouldBe((1500, 0.0018m));
    }

    [Fact]
    public async Task Should_let_no_tool_near_the_executor_that_the_loop_does_not_allow()
    {
        system.Models.Add(Rule.On(
            "answer-2.txt",
            Reply.OfJson(new { steps = new[] { new { id = "run", tool = "shell.run", arguments = new { command = "rm -rf /" } } } }),
            Reply.OfJson(new { steps = new[] { new { id = "fetch", tool = "http.request", arguments = new { method = "GET", url = "http://127.0.0.1/" } } } }),
            Reply.OfJson(new { steps = Steps })));

        await Publish("model-strays", "answer-2.txt");

        await system.Until("model-strays", "completed");
        var acts = await Acts("model-strays");
        acts.Count(act => act.Performative == "propose" && act.Content == "plan").ShouldBe(3);
        acts.Count(act => act.Performative == "reject-proposal").ShouldBe(2);
        acts.Where(act => act.Content is "execute-step" or "execute-segment").ShouldAllBe(act => !act.Payload.Contains("shell.run") && !act.Payload.Contains("http.request"));
        system.Models.Journal.Calls.Last(call => call.Says("answer-2.txt")).Messages[0].Text.ShouldContain("there is no tool 'shell.run'");
    }

    [Fact]
    public async Task Should_end_after_so_many_plans_as_the_loop_allows()
    {
        system.Models.Add(Rule.On("answer-3.txt", Reply.OfJson(new { steps = new[] { new { id = "run", tool = "shell.run", arguments = new { command = "ls" } } } })));

        await Publish("model-insists", "answer-3.txt");

        var run = await system.Until("model-insists", "failed");
        run.GetProperty("reason").GetString()!.ShouldStartWith("Re-plan 3 would begin; the limit is 2.");
        system.Models.Journal.Count("answer-3.txt").ShouldBe(3);
    }

    [Fact]
    public async Task Should_pay_for_a_plan_once_though_the_planner_dies_before_it_is_used()
    {
        system.Models.Add(Rule.On("answer-4.txt", Reply.OfJson(new { steps = Steps })));
        await system.One("Planner").Kill();
        // The first commit keeps the model's answer, the second is the plan's.
        var doomed = system.Add("Planner", "LoopBus:Database:ExitAt", "BeforeCommit:1");
        doomed.Start();
        await doomed.UntilReady();

        await Publish("model-once", "answer-4.txt");
        await doomed.UntilDead(TimeSpan.FromSeconds(60));
        system.Remove(doomed);
        var paid = system.Models.Journal.Count("answer-4.txt");
        system.One("Planner").Start();

        await system.Until("model-once", "completed", TimeSpan.FromSeconds(90));
        (paid, system.Models.Journal.Count("answer-4.txt")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Should_plan_with_the_spare_model_while_the_first_is_down()
    {
        system.Models.Add(new Rule { When = new When { Model = LoopBusSystem.FirstModel, Contains = ["answer-5.txt"] }, Misbehaviour = Misbehaviours.FailingAlways });
        system.Models.Add(Rule.On("answer-5.txt", Reply.OfJson(new { steps = Steps })));

        await Publish("model-down", "answer-5.txt");

        await system.Until("model-down", "completed");
        system.Models.Journal.Calls.Where(call => call.Says("answer-5.txt")).Select(call => call.Model).Distinct().ShouldBe([LoopBusSystem.FirstModel, LoopBusSystem.SpareModel]);
    }

    private Task Publish(string taskId, string path) => system.Publish(JsonSerializer.Serialize(new { taskId, taskType = "write-answer", input = new { question = "What is it?", path } }));

    private async Task<List<(string? Performative, string? Content, string Payload)>> Acts(string taskId) =>
        [.. (await system.Api.GetFromJsonAsync<JsonElement>($"runs/{taskId}/history")).GetProperty("acts").EnumerateArray()
            .Select(act => (act.GetProperty("performative").GetString(), act.GetProperty("content").GetString(), act.GetProperty("payload").GetRawText()))];
}
