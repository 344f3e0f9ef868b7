using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Loops.Json;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Tests;

public sealed class When_an_MCP_server_describes_its_tools
{
    private static readonly bool?[] Any = [null, false, true];

    [Theory]
    [InlineData(null, null, null, null, Effect.Irreversible, BlastRadius.VeryHigh, 2)]
    [InlineData(true, null, null, false, Effect.None, BlastRadius.None, 0)]
    [InlineData(true, false, true, false, Effect.None, BlastRadius.None, 0)]
    [InlineData(true, null, null, null, Effect.None, BlastRadius.Low, 0)]
    [InlineData(true, null, null, true, Effect.None, BlastRadius.Low, 0)]
    [InlineData(true, true, null, false, Effect.Irreversible, BlastRadius.High, 2)]
    [InlineData(false, false, true, false, Effect.Idempotent, BlastRadius.Low, 0)]
    [InlineData(false, false, true, null, Effect.Idempotent, BlastRadius.Medium, 0)]
    [InlineData(null, false, null, false, Effect.Irreversible, BlastRadius.Low, 1)]
    [InlineData(null, false, false, true, Effect.Irreversible, BlastRadius.Medium, 1)]
    [InlineData(false, true, true, false, Effect.Irreversible, BlastRadius.Medium, 1)]
    [InlineData(false, null, true, null, Effect.Irreversible, BlastRadius.High, 2)]
    [InlineData(false, true, false, false, Effect.Irreversible, BlastRadius.High, 2)]
    [InlineData(false, true, false, true, Effect.Irreversible, BlastRadius.VeryHigh, 2)]
    public void Should_ask_as_many_people_as_its_hints_call_for(bool? reads, bool? destroys, bool? idempotent, bool? open, Effect effect, BlastRadius radius, int people)
    {
        var declared = new McpHints(reads, destroys, idempotent, open).Declared();

        declared.ShouldBe(new DeclaredEffect(effect, radius));
        Gate.Decide(declared.Effect, declared.BlastRadius).Quorum.ShouldBe(people);
    }

    [Fact]
    public void Should_take_what_is_not_said_for_the_worst()
    {
        foreach (var hints in from reads in Any from destroys in Any from idempotent in Any from open in Any select new McpHints(reads, destroys, idempotent, open))
        {
            People(hints).ShouldBeLessThanOrEqualTo(People(hints with { ReadOnly = null }), $"{hints}");
            People(hints).ShouldBeLessThanOrEqualTo(People(hints with { Idempotent = null }), $"{hints}");
            People(hints).ShouldBeLessThanOrEqualTo(People(hints with { OpenWorld = null }), $"{hints}");
            if (hints is not { ReadOnly: true, Destructive: true })
                People(hints).ShouldBeLessThanOrEqualTo(People(hints with { Destructive = null }), $"{hints}");
        }

        static int People(McpHints hints) => Gate.Decide(hints.Declared().Effect, hints.Declared().BlastRadius).Quorum;
    }

    [Theory]
    [InlineData("get-sum", "mcp.s.get-sum", "s")]
    [InlineData("Read File/2.x", "mcp.s.read_file_2_x", "s")]
    [InlineData("", "mcp.s.", null)]
    public void Should_name_them_in_one_way(string tool, string name, string? server)
    {
        McpName.Of("s", tool).ShouldBe(name);
        McpName.ServerOf(name).ShouldBe(server);
    }

    [Theory]
    [InlineData("file.read")]
    [InlineData("mcp.s")]
    [InlineData("mcp.S.tool")]
    [InlineData("mcp.s.a.b")]
    [InlineData("mcp.s.tool\n")]
    public void Should_know_other_names_from_theirs(string name) => McpName.ServerOf(name).ShouldBeNull();

    [Theory]
    [InlineData("""{ "$schema": "x", "type": "object", "properties": { "a": { "const": 1, "deprecated": true } } }""", """{ "a": 1 }""", """{ "a": 2 }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "$ref": "#/$defs/b" } }, "$defs": { "b": { "type": "string" } } }""", """{ "a": "x" }""", """{ "a": 2 }""")]
    [InlineData("""{ "$ref": "#/$defs/b", "$defs": { "b": { "type": "object", "required": ["c"] } } }""", """{ "c": 1 }""", "{}")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "array", "items": true } }, "additionalProperties": false }""", """{ "a": [1, "x"] }""", """{ "b": 1 }""")]
    public void Should_check_by_their_schemas_what_can_be_checked(string schema, string right, string wrong)
    {
        var input = McpSchema.Input(Json(schema));

        JsonSchemaCheck.SchemaProblems(input).ShouldBeEmpty();
        JsonSchemaCheck.Problems(input, Json(right)).ShouldBeEmpty();
        JsonSchemaCheck.Problems(input, Json(wrong)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""{ "type": "object", "properties": { "a": { "$ref": "http://127.0.0.1/other.json" } } }""")]
    [InlineData("""{ "type": "thing" }""")]
    [InlineData("[]")]
    public void Should_leave_to_the_server_what_can_not(string schema)
    {
        JsonSchemaCheck.Problems(McpSchema.Input(Json(schema)), Json("""{ "a": 1 }""")).ShouldBeEmpty();
        JsonSchemaCheck.Problems(McpSchema.Output(Json(schema)), Json("[]")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(null, """{ "text": "x", "content": [] }""")]
    [InlineData("""{ "type": "object", "required": ["a"], "properties": { "a": { "$ref": "#/$defs/b" } }, "$defs": { "b": { "type": "string" } }, "additionalProperties": false }""", """{ "a": "x" }""")]
    public void Should_bring_what_they_promise_or_its_claim(string? schema, string right)
    {
        var output = McpSchema.Output(schema is null ? null : Json(schema));
        var claim = Json($$"""{ "text": "x", "truncated": true, "claim": "{{new string('a', 64)}}", "bytes": 70000 }""");

        JsonSchemaCheck.SchemaProblems(output).ShouldBeEmpty();
        JsonSchemaCheck.Problems(output, Json(right)).ShouldBeEmpty();
        JsonSchemaCheck.Problems(output, claim).ShouldBeEmpty();
        JsonSchemaCheck.Problems(output, Json("{}")).ShouldNotBeEmpty();
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
