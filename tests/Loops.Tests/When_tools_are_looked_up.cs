using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Loops.Json;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Tests;

public sealed class When_tools_are_looked_up
{
    [Fact]
    public void Should_find_each_built_in_tool_with_schemas_that_are_checked_as_written()
    {
        foreach (var tool in ToolCatalogue.BuiltIn.All)
        {
            JsonSchemaCheck.SchemaProblems(tool.Input).ShouldBeEmpty(tool.Name);
            JsonSchemaCheck.SchemaProblems(tool.Output).ShouldBeEmpty(tool.Name);
            tool.TimeoutSeconds.ShouldBeInRange(0.1, 3600, tool.Name);
            tool.Description.ShouldNotBeNullOrWhiteSpace(tool.Name);
        }
    }

    [Fact]
    public void Should_find_the_tool_that_compensates_another()
    {
        foreach (var tool in ToolCatalogue.BuiltIn.All.Where(tool => tool.Compensation is not null))
            ToolCatalogue.BuiltIn.Find(tool.Compensation!).ShouldNotBeNull(tool.Name);
    }

    [Fact]
    public void Should_know_nothing_of_other_names()
    {
        ToolCatalogue.BuiltIn.Find("file.erase").ShouldBeNull();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "name": "x", "description": "", "effect": "Harmless", "blastRadius": "Low", "timeoutSeconds": 1, "probe": false, "compensation": null, "input": {}, "output": {} }""")]
    [InlineData("""{ "name": "x", "description": "", "effect": "None", "blastRadius": "Low", "timeoutSeconds": 1, "probe": false, "compensation": null, "input": {}, "output": {}, "more": 1 }""")]
    [InlineData("""{ "name": "x", "description": "", "blastRadius": "Low", "timeoutSeconds": 1, "probe": false, "compensation": null, "input": {}, "output": {} }""")]
    public void Should_refuse_a_descriptor_that_leaves_something_open(string json)
    {
        Should.Throw<JsonException>(() => ToolCatalogue.Read(json));
    }

    [Fact]
    public void Should_declare_a_call_by_its_worst_unless_a_rule_fits()
    {
        var http = ToolCatalogue.BuiltIn.Find("http.request")!;

        http.EffectOf(JsonElement.Parse("""{ "method": "GET" }""")).ShouldBe(new DeclaredEffect(Effect.None, BlastRadius.Low));
        http.EffectOf(JsonElement.Parse("""{ "method": "POST" }""")).ShouldBe(new DeclaredEffect(Effect.Irreversible, BlastRadius.Medium));
    }
}
