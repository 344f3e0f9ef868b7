using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Tools;
using LoopBus.ModelServer.Scripts;

namespace LoopBus.Planner.Tests.Models;

public sealed class When_a_model_plans_what_remains(ModelFixture models) : IClassFixture<ModelFixture>
{
    private static readonly Turn[] Turns =
    [
        new("list", "file.read", JsonElement.Parse("""{ "path": "list.txt" }"""), JsonElement.Parse("""{ "content": "a.txt" }"""), null, default),
        new("each[0]", "file.read", JsonElement.Parse("""{ "path": "b.txt" }"""), null, "there is no file b.txt", default),
    ];

    private readonly string model = models.NewModel();
    private readonly string task = $"task-{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_show_what_is_done_and_what_failed_and_let_new_steps_refer_to_it()
    {
        models.Says(model, Reply.OfJson(Step("next", "{{ steps.list.output.content }}", "list")));

        var plan = (await Acting.Plan(models.Start(model), Asked())).Plan!;

        var prompt = models.Prompt(model);
        prompt.ShouldContain("list file.read\narguments: {\"path\":\"list.txt\"}\noutput: {\"content\":\"a.txt\"}");
        prompt.ShouldContain("each[0] file.read\narguments: {\"path\":\"b.txt\"}\nfailed: there is no file b.txt");
        prompt.ShouldContain("Write the remaining steps only");
        prompt.ShouldContain("{\"kind\":\"feedback\",\"by\":\"critic\",\"text\":\"The total is missing.\"}");
        PlanCheck.Problems(plan, Loop, ToolCatalogue.BuiltIn, Acting.Done(Turns.Take(1))).ShouldBeEmpty();
        (plan.Thought!.Confidence, plan.Thought.Reasoning, plan.Thought.Context!.Verbatim).ShouldBe((0.5, "Only a.txt is left.", 2));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("each")]
    public async Task Should_have_an_id_mended_that_is_taken(string id)
    {
        models.Says(model, Reply.OfJson(Step(id, "a.txt")), Reply.OfJson(Step("next", "a.txt")));

        (await Acting.Plan(models.Start(model), Asked())).Plan!.Steps.Single().Id.ShouldBe("next");
        models.Server.Journal.Calls.Last(call => call.Model == model).Messages[^1].Text.ShouldContain($"the id '{id}' is that of a step which ran already");
    }

    [Fact]
    public async Task Should_say_nothing_of_a_run_that_did_nothing_yet()
    {
        models.Says(model, Reply.OfJson(Step("next", "a.txt")));

        var plan = (await Acting.Plan(models.Start(model), Asked() with { Turns = null, Guidance = null })).Plan!;

        models.Prompt(model).ShouldNotContain("Write the remaining steps only");
        models.Prompt(model).ShouldNotContain("actions");
        plan.Thought!.Context.ShouldBeNull();
    }

    private static LoopDefinition Loop => Acting.Loop("topology: reflexive", "topology: hierarchical");

    private MakePlan Asked() => Acting.Asked(task, Turns, loop: Loop) with { Guidance = [new Guidance("feedback", "The total is missing.", "critic")] };

    private static object Step(string id, string path, params string[] dependsOn) =>
        new { reasoning = "Only a.txt is left.", confidence = 0.5, steps = new[] { new { id, tool = "file.read", arguments = new { path }, dependsOn } } };
}
