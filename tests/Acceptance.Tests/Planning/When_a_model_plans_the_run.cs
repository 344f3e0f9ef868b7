using System.Net.Http.Json;
using System.Text.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Acceptance.Tests.Planning;

[Collection(OneSystem.Name)]
public sealed class When_a_model_plans_the_run(LoopBusSystem system) : IAsyncLifetime
{
    public Task InitializeAsync()
    {
        system.Models.Script(Script.Of());
        foreach (var path in new[] { "answer-1.txt", "answer-2.txt", "answer-4.txt", "answer-5.txt", "answer-7.txt" })
            system.Models.Add(new Rule { When = new When { Model = LoopBusSystem.JudgeModel, Contains = [path] }, Then = [Good] });

        return Task.CompletedTask;
    }

    public Task DisposeAsync() => system.Mend();

    private static Reply Good { get; } = Reply.OfJson(new { criteria = new[] { new { number = 1, holds = true, quote = "42", reason = "That is the answer." } } });

    [Fact]
    public async Task Should_do_what_the_plan_says_and_tell_what_it_took()
    {
        system.Models.Add(Plan("answer-1.txt", Reply.OfJson(new { reasoning = "One file is named.", confidence = 0.9, steps = Steps("answer-1.txt") }) with { Usage = new Usage(1200, 300) }));

        await Publish("model-plans", "answer-1.txt");

        var run = await system.Until("model-plans", "completed");
        (await File.ReadAllTextAsync(Path.Combine(system.Files, "answer-1.txt"))).ShouldBe("42");
        run.GetProperty("result").GetProperty("content").GetString().ShouldBe("42");
        var judged = system.Models.Journal.Calls.Single(call => call.Model == LoopBusSystem.JudgeModel && call.Says("answer-1.txt"));
        run.GetProperty("tokens").GetInt64().ShouldBe(1500 + judged.InputTokens + judged.OutputTokens);
        run.GetProperty("usd").GetDecimal().ShouldBe(0.0018m + ((judged.InputTokens + (2m * judged.OutputTokens)) / 1_000_000));
    }

    [Fact]
    public async Task Should_let_no_tool_near_the_executor_that_the_loop_does_not_allow()
    {
        system.Models.Add(Plan(
            "answer-2.txt",
            Reply.OfJson(new { steps = new[] { new { id = "run", tool = "shell.run", arguments = new { command = "rm -rf /" } } } }),
            Reply.OfJson(new { steps = new[] { new { id = "look", tool = "git.changed_files", arguments = new { repository = "/", range = "HEAD" } } } }),
            Reply.OfJson(new { steps = Steps("answer-2.txt") })));

        await Publish("model-strays", "answer-2.txt");

        await system.Until("model-strays", "completed");
        var acts = await Acts("model-strays");
        acts.Count(act => act.Performative == "propose" && act.Content == "plan").ShouldBe(3);
        acts.Count(act => act.Performative == "reject-proposal").ShouldBe(2);
        acts.Where(act => act.Content is "execute-step" or "execute-segment").ShouldAllBe(act => !act.Payload.Contains("shell.run") && !act.Payload.Contains("git.changed_files"));
        system.Models.Journal.Calls.Last(call => call.Says("answer-2.txt") && call.Says("# Tools")).Messages[0].Text.ShouldContain("there is no tool 'shell.run'");
    }

    [Fact]
    public async Task Should_end_after_so_many_plans_as_the_loop_allows()
    {
        system.Models.Add(Plan("answer-3.txt", Reply.OfJson(new { steps = new[] { new { id = "run", tool = "shell.run", arguments = new { command = "ls" } } } })));

        await Publish("model-insists", "answer-3.txt");

        var run = await system.Until("model-insists", "failed");
        run.GetProperty("reason").GetString()!.ShouldStartWith("Re-plan 3 would begin; the limit is 2.");
        Plans("answer-3.txt").ShouldBe(3);
    }

    [Fact]
    public async Task Should_pay_for_a_plan_once_though_the_planner_dies_before_it_is_used()
    {
        system.Models.Add(Plan("answer-4.txt", Reply.OfJson(new { steps = Steps("answer-4.txt") })));

        // The first commit keeps the model's answer, the second is the plan's.
        await system.DiesAt("Planner", "LoopBus:Database:ExitAt", "BeforeCommit:1", () => Publish("model-once", "answer-4.txt"));
        var paid = Plans("answer-4.txt");
        system.One("Planner").Start();

        await system.Until("model-once", "completed", TimeSpan.FromSeconds(90));
        (paid, Plans("answer-4.txt")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Should_pay_for_a_judgement_once_though_the_critic_dies_before_it_is_used()
    {
        system.Models.Add(Plan("answer-7.txt", Reply.OfJson(new { steps = Steps("answer-7.txt") })));

        await system.DiesAt("Critic", "LoopBus:Database:ExitAt", "BeforeCommit:1", () => Publish("judged-once", "answer-7.txt"));
        var paid = Judged();
        system.One("Critic").Start();

        await system.Until("judged-once", "completed", TimeSpan.FromSeconds(90));
        (paid, Judged()).ShouldBe((1, 1));

        int Judged() => system.Models.Journal.Calls.Count(call => call.Model == LoopBusSystem.JudgeModel && call.Says("answer-7.txt"));
    }

    [Fact]
    public async Task Should_plan_with_the_spare_model_while_the_first_is_down()
    {
        system.Models.Add(new Rule { When = new When { Model = LoopBusSystem.FirstModel, Contains = ["answer-5.txt"] }, Misbehaviour = Misbehaviours.FailingAlways });
        system.Models.Add(Plan("answer-5.txt", Reply.OfJson(new { steps = Steps("answer-5.txt") })));

        await Publish("model-down", "answer-5.txt");

        await system.Until("model-down", "completed");
        system.Models.Journal.Calls.Where(call => call.Says("answer-5.txt")).Select(call => call.Model).Distinct()
            .ShouldBe([LoopBusSystem.FirstModel, LoopBusSystem.SpareModel, LoopBusSystem.JudgeModel]);
    }

    [Fact]
    public async Task Should_undo_what_the_judge_does_not_find_good_when_it_was_mended_either()
    {
        system.Models.Add(new Rule
        {
            When = new When { Contains = ["answer-6.txt", "# Tools", "The result was not found good", "write file.write"] },
            Then = [Reply.OfJson(new { steps = Steps("answer-6.txt", "-again") })],
        });
        system.Models.Add(Plan("answer-6.txt", Reply.OfJson(new { steps = Steps("answer-6.txt") })));
        system.Models.Add(new Rule
        {
            When = new When { Model = LoopBusSystem.JudgeModel, Contains = ["answer-6.txt"] },
            Then = [Reply.OfJson(new { criteria = new[] { new { number = 1, holds = false, quote = (string?)null, reason = "It answers another question." } } })],
        });

        await Publish("model-judged", "answer-6.txt");

        var run = await system.Until("model-judged", "compensated");
        run.GetProperty("reason").GetString()!.ShouldContain("It does not: It answers another question.");
        Plans("answer-6.txt").ShouldBe(2);
        File.Exists(Path.Combine(system.Files, "answer-6.txt")).ShouldBeFalse();
    }

    private static object[] Steps(string path, string more = "") =>
    [
        new
        {
            id = $"write{more}",
            tool = "file.write",
            arguments = new { path, content = "42" },
            compensate = new { tool = "file.restore", arguments = new { path = "{{ output.path }}", backup = "{{ output.backup }}" } },
        },
        new { id = $"check{more}", tool = "file.read", arguments = new { path = $"{{{{ steps.write{more}.output.path }}}}" }, dependsOn = new[] { $"write{more}" } },
    ];

    // What is no plan is the judge's, who finds the answer there.
    private static Rule Plan(string path, params IReadOnlyList<Reply> replies) => new() { When = new When { Contains = [path, "# Tools"] }, Then = replies };

    private int Plans(string path) => system.Models.Journal.Calls.Count(call => call.Says(path) && call.Says("# Tools"));

    private Task Publish(string taskId, string path) => system.Publish(JsonSerializer.Serialize(new { taskId, taskType = "task-runner", input = new { task = $"Write the answer into {path}." } }));

    private async Task<List<(string? Performative, string? Content, string Payload)>> Acts(string taskId) =>
        [.. (await system.Api.GetFromJsonAsync<JsonElement>($"runs/{taskId}/history")).GetProperty("acts").EnumerateArray()
            .Select(act => (act.GetProperty("performative").GetString(), act.GetProperty("content").GetString(), act.GetProperty("payload").GetRawText()))];
}
