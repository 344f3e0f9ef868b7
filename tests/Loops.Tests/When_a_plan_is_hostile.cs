using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Tests;

public sealed class When_a_plan_is_hostile
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly LoopDefinition loop = LoopText.Parse(LoopText.Right);

    [Theory]
    [InlineData("""{ "taskId": "t", "attempt": 1 }""")]
    [InlineData("""{ "steps": [null] }""")]
    [InlineData("""{ "steps": [{}] }""")]
    [InlineData("""{ "steps": [{ "id": "a", "tool": "file.read", "dependsOn": [] }] }""")]
    [InlineData("""{ "steps": [{ "id": "a", "tool": "file.read", "arguments": {}, "dependsOn": [null] }] }""")]
    [InlineData("""{ "steps": [{ "id": "a", "tool": "file.read", "arguments": {}, "dependsOn": [], "compensate": {} }] }""")]
    [InlineData("""{ "steps": [{ "id": "a", "tool": "file.read", "arguments": {}, "dependsOn": [], "verify": [null] }] }""")]
    [InlineData("""{ "steps": [{ "id": "a", "tool": "file.read", "arguments": {}, "dependsOn": [], "verify": [{}] }] }""")]
    public void Should_be_told_that_something_is_missing(string json)
    {
        Problems(json).ShouldBe(["steps: each step has an id, a tool, arguments and dependsOn, each check a kind and parameters."]);
    }

    [Theory]
    [InlineData("""{ "steps": [] }""")]
    [InlineData("""{ "steps": [{ "id": "", "tool": "", "arguments": null, "dependsOn": [] }] }""")]
    [InlineData("""{ "steps": [{ "id": "a:b", "tool": "file.read", "arguments": { "path": "{{" }, "dependsOn": ["a:b"], "forEach": "", "parallel": -1, "timeoutSeconds": -5, "retry": { "attempts": 0 } }] }""")]
    [InlineData("""{ "steps": [{ "id": "a", "tool": "file.read", "arguments": { "path": 1, "path": 2 }, "dependsOn": [], "verify": [{ "kind": "schema", "parameters": 3 }] }] }""")]
    public void Should_be_told_what_is_wrong_and_never_run(string json)
    {
        Problems(json).ShouldNotBeEmpty();
    }

    [Fact]
    public void Should_be_told_at_once_that_it_has_too_many_steps()
    {
        var step = loop.Steps[0];
        var plan = new Plan("t", 1, Enumerable.Repeat(step, 200_000).ToList());

        PlanCheck.Problems(plan, loop, ToolCatalogue.BuiltIn).ShouldBe(["steps: 200000 steps are more than the 25 iterations of the loop."]);
    }

    private IReadOnlyList<string> Problems(string json) =>
        PlanCheck.Problems(JsonSerializer.Deserialize<Plan>(json, Web)!, loop, ToolCatalogue.BuiltIn);
}
