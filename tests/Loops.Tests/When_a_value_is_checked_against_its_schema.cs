using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Tests;

public sealed class When_a_value_is_checked_against_its_schema
{
    [Theory]
    [InlineData("""{ "type": "object", "required": ["a"] }""", "{}", "a: is required")]
    [InlineData("""{ "type": "object" }""", "[]", "must be an object")]
    [InlineData("""{ "additionalProperties": false, "properties": { "a": {} } }""", """{ "b": 1 }""", "b: is unknown here")]
    [InlineData("""{ "properties": { "a": { "items": { "type": "integer", "minimum": 3 } } } }""", """{ "a": [3, 2] }""", "a[1]: must be at least 3")]
    [InlineData("""{ "properties": { "a": { "items": { "properties": { "c": { "type": "string" } } } } } }""", """{ "a": [{ "c": 1 }] }""", "a[0].c: must be text")]
    [InlineData("""{ "type": "number", "exclusiveMinimum": 3 }""", "3", "must be above 3")]
    [InlineData("""{ "type": ["string", "null"] }""", "3", "must be text or null")]
    [InlineData("""{ "enum": ["x", "y"] }""", "\"z\"", "must be one of x, y")]
    [InlineData("""{ "type": "string", "pattern": "^a" }""", "\"b\"", "must match ^a")]
    [InlineData("""{ "type": "string", "maxLength": 2 }""", "\"abc\"", "must have at most 2 characters")]
    [InlineData("""{ "type": "array", "uniqueItems": true }""", "[1, 1]", "must have no item twice")]
    [InlineData("""{ "anyOf": [{ "type": "string" }, { "type": "object", "required": ["a"] }] }""", "3", "must have one of its shapes (must be text; or must be an object and a: is required)")]
    [InlineData("""{ "definitions": { "x": { "type": "string" } }, "properties": { "a": { "$ref": "#/definitions/x" } } }""", """{ "a": 1 }""", "a: must be text")]
    [InlineData("""{ "additionalProperties": { "type": "string" } }""", """{ "h": 1 }""", "h: must be text")]
    public void Should_say_path_and_reason(string schema, string value, string problem)
    {
        JsonSchemaCheck.Problems(JsonElement.Parse(schema), JsonElement.Parse(value)).ShouldBe([problem]);
    }

    [Theory]
    [InlineData("{}", "null")]
    [InlineData("""{ "type": "integer" }""", "5.0")]
    [InlineData("""{ "type": "string", "format": "date-time" }""", "\"2026-11-20T21:00:00Z\"")]
    [InlineData("""{ "properties": { "a": {} }, "required": ["a"] }""", """{ "a": null }""")]
    public void Should_have_nothing_to_say_of_what_fits(string schema, string value)
    {
        JsonSchemaCheck.Problems(JsonElement.Parse(schema), JsonElement.Parse(value)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "type": "strin" }""", "type: must be one of object, array, string, number, integer, boolean, null")]
    [InlineData("""{ "const": 3 }""", "const: the word 'const' is not checked here; write enum with one value")]
    [InlineData("""{ "properties": { "a": { "if": {} } } }""", "properties.a.if: the word 'if' is not checked here")]
    [InlineData("""{ "properties": { "a": { "$ref": "https://example.org/s" } } }""", "properties.a.$ref: must lead to a definition in this schema: #/definitions/<name>")]
    [InlineData("""{ "definitions": { "a": { "allOf": [{ "$ref": "#/definitions/a" }] } }, "anyOf": [{ "$ref": "#/definitions/a" }] }""", "'#/definitions/a' leads only to itself")]
    [InlineData("""{ "definitions": { "a": {} }, "$ref": "#/definitions/a" }""", "$ref: a reference cannot be the whole schema; write allOf with it")]
    [InlineData("""{ "$defs": {} }""", "$defs: the word '$defs' is not checked here; write definitions")]
    [InlineData("""{ "definitions": { "a": {} }, "items": { "$ref": "#/definitions/a", "type": "string" } }""", "items: what stands beside a $ref is not checked; write allOf with it")]
    [InlineData("""{ "required": "a" }""", "required: must be a list of names")]
    [InlineData("""{ "type": "string", "pattern": "((" }""", "pattern: must be a regular expression")]
    [InlineData("""[]""", "the schema: must be an object")]
    public void Should_refuse_a_schema_that_would_not_be_checked_as_written(string schema, string problem)
    {
        JsonSchemaCheck.SchemaProblems(JsonElement.Parse(schema)).ShouldContain(each => each.Contains(problem));
        JsonSchemaCheck.Problems(JsonElement.Parse(schema), JsonElement.Parse("1")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""{ "type": "integer", "minimum": 0 }""", "123456789012345678901234567890")]
    [InlineData("""{ "type": "number", "minimum": 0 }""", "1e400")]
    [InlineData("""{ "type": "string" }""", "\"\\ud800\"")]
    [InlineData("""{ "type": "object" }""", """{ "a": 1, "a": 2 }""")]
    public void Should_live_through_values_at_the_edge(string schema, string value)
    {
        Should.NotThrow(() => JsonSchemaCheck.Problems(JsonElement.Parse(schema), JsonElement.Parse(value)));
    }

    [Fact]
    public void Should_refuse_what_nests_without_end_and_live()
    {
        var schema = JsonElement.Parse("""{ "definitions": { "t": { "type": "array", "items": { "$ref": "#/definitions/t" } } }, "items": { "$ref": "#/definitions/t" } }""");
        var deep = JsonElement.Parse(new string('[', 5000) + new string(']', 5000), new JsonDocumentOptions { MaxDepth = 10_000 });

        JsonSchemaCheck.Problems(schema, deep).ShouldBe(["cannot be checked: The value nests deeper than 64 levels."]);
    }

    [Fact]
    public void Should_never_throw_whatever_the_value_and_the_schema_are()
    {
        Prop.ForAll(AnyJson.Value, AnyJson.Value, (schema, value) => JsonSchemaCheck.Problems(schema, value) is not null).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Should_say_the_same_to_all_who_ask_at_once()
    {
        var schema = JsonElement.Parse("""{ "definitions": { "x": { "type": "object", "required": ["a"], "properties": { "a": { "$ref": "#/definitions/x" } } } }, "allOf": [{ "$ref": "#/definitions/x" }] }""");
        var value = JsonElement.Parse("""{ "a": { "a": { "a": { "b": 1 } } } }""");

        var answers = Enumerable.Range(0, 2000).AsParallel().Select(_ => string.Join('|', JsonSchemaCheck.Problems(schema, value))).Distinct().ToList();

        answers.ShouldBe(["a.a.a.a: is required"]);
    }
}
