using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Tools;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner.Tests;

public sealed class When_a_script_is_planned
{
    private readonly Planners planner = new([new ScriptedPlanner(ToolCatalogue.BuiltIn)], Options.Create(new PlannerOptions { MaxDefinitionLength = 4096 }));

    [Fact]
    public async Task Should_propose_the_script_step_by_step()
    {
        var plan = (await planner.Plan(Scripted.Asked("t", attempt: 2), default)).Plan!;

        (plan.TaskId, plan.Attempt).ShouldBe(("t", 2));
        plan.Steps.Select(step => step.Id).ShouldBe(["read", "again"]);
        PlanCheck.Problems(plan, Scripted.Loop, ToolCatalogue.BuiltIn).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_propose_the_same_again_whatever_was_said_before()
    {
        var first = await planner.Plan(Scripted.Asked("t"), default);
        var again = await planner.Plan(Scripted.Asked("t") with { Rejections = ["the planner did not answer"] }, default);

        JsonSerializer.Serialize(again).ShouldBe(JsonSerializer.Serialize(first));
    }

    [Fact]
    public async Task Should_refuse_an_input_that_does_not_fit_the_loop()
    {
        await Refuses(Scripted.Asked("t", input: """{ "path": 1 }"""), "input-invalid", "The input does not fit the loop: path: must be text.");
    }

    [Fact]
    public async Task Should_refuse_a_definition_that_the_run_is_not_pinned_to()
    {
        var other = Scripted.Loop with { Owner = "someone else" };

        await Refuses(Scripted.Asked("t") with { Definition = other.ToCanonicalJson() }, "definition-mismatch", "The definition is not the one that the run is pinned to");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{ }")]
    [InlineData("{ \"name\": 1 }")]
    public async Task Should_refuse_what_is_no_definition(string definition)
    {
        await Refuses(Scripted.Asked("t") with { Definition = definition }, "definition-unreadable", "The definition of read@1.2.0 cannot be read");
    }

    [Fact]
    public async Task Should_refuse_a_definition_past_the_limit()
    {
        await Refuses(Scripted.Asked("t") with { Definition = new string(' ', 5000) }, "definition-too-large", "The definition has 5000 characters; at most 4096 are read");
    }

    [Fact]
    public async Task Should_refuse_a_planner_that_there_is_not()
    {
        await Refuses(Scripted.Asked("t", loop: Scripted.Loop with { Planner = "oracle" }), "planner-unknown", "There is no planner 'oracle'");
    }

    [Fact]
    public async Task Should_refuse_a_script_that_cannot_run()
    {
        var loop = Scripted.Loop with { Tools = [] };

        await Refuses(Scripted.Asked("t", loop: loop), "script-invalid", "The script cannot run: steps[0].tool: the tool 'file.read' is not in the loop's tools");
    }

    private async Task Refuses(MakePlan asked, string code, string text)
    {
        var proposal = await planner.Plan(asked, default);

        proposal.Plan.ShouldBeNull();
        proposal.Refusal!.Code.ShouldBe(code);
        proposal.Refusal.Text.ShouldStartWith(text);
        proposal.Refusal.Retryable.ShouldBeFalse();
    }
}
