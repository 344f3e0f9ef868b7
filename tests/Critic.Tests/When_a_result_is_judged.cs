using LoopBus.Contracts.Critique;
using LoopBus.Critic.Checks;
using LoopBus.Loops;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Critic.Tests;

public sealed class When_a_result_is_judged
{
    private const string Review = """
        {
          "verdict": "request-changes",
          "findings": [
            { "file": "a.cs", "line": 3, "rule": "x", "severity": "critical", "confidence": 0.9 },
            { "file": "b.cs", "line": 3, "rule": "x", "severity": "low", "confidence": 0.7 }
          ],
          "clean": []
        }
        """;

    private readonly GroundedCritic critic = new([new SchemaCheck(), new EqualsCheck(), new CountBelowCheck(), new MinimumCheck(), new UniqueCheck(), new CoversCheck(), new WhenAnyCheck(), new EndStateCheck()]);

    [Theory]
    [InlineData("schema", """{ "schema": { "type": "object", "required": ["verdict"] } }""", "1 value has the shape.")]
    [InlineData("schema", """{ "path": "findings[*]", "schema": { "required": ["file"] } }""", "2 values have the shape.")]
    [InlineData("schema", """{ "path": "clean[*]", "schema": { "type": "string" } }""", "0 values have the shape.")]
    [InlineData("equals", """{ "path": "verdict", "value": "request-changes" }""", "verdict is \"request-changes\".")]
    [InlineData("count-below", """{ "path": "findings", "limit": 3 }""", "findings counts 2, below 3.")]
    [InlineData("count-below", """{ "path": "findings[*]", "limit": 3 }""", "findings[*] counts 2, below 3.")]
    [InlineData("minimum", """{ "path": "findings[*].confidence", "above": 0.6 }""", "2 at findings[*].confidence, each above 0.6.")]
    [InlineData("minimum", """{ "path": "findings[*].confidence", "atLeast": 0.7 }""", "2 at findings[*].confidence, each at least 0.7.")]
    [InlineData("unique", """{ "path": "findings[*]" }""", "2 at findings[*], none twice.")]
    [InlineData("unique", """{ "path": "findings[*]", "by": ["file", "rule"] }""", "2 at findings[*], none twice.")]
    [InlineData("covers", """{ "path": "findings[*].file", "all": ["b.cs", "a.cs"] }""", "all 2 are among findings[*].file.")]
    [InlineData("when-any", """{ "path": "findings[*].severity", "equals": "critical", "then": { "path": "verdict", "equals": "request-changes" } }""", "findings[0].severity is \"critical\", and verdict is \"request-changes\".")]
    [InlineData("when-any", """{ "path": "findings[*].severity", "equals": "high", "then": { "path": "verdict", "equals": "nothing" } }""", "no findings[*].severity is \"high\".")]
    [InlineData("end-state", """{ "path": "findings[1]", "expected": { "file": "b.cs", "line": 3.0, "rule": "x", "severity": "low" }, "ignore": ["confidence"] }""", "The state is as expected, but for confidence.")]
    [InlineData("end-state", """{ "value": "{ \"total\": 1 }", "expected": { "total": 1 } }""", "The state is as expected.")]
    public async Task Should_hold_and_say_by_what(string kind, string parameters, string text)
    {
        (await Judge(kind, parameters)).ShouldBe(new Evidence(kind, true, text));
    }

    [Theory]
    [InlineData("schema", """{ "schema": { "required": ["summary"] } }""", "summary: is required.")]
    [InlineData("schema", """{ "path": "findings[*]", "schema": { "properties": { "line": { "type": "integer", "minimum": 4 } } } }""", "findings[0]: line: must be at least 4; findings[1]: line: must be at least 4.")]
    [InlineData("equals", """{ "path": "verdict", "value": "approve" }""", "verdict is \"request-changes\", not \"approve\".")]
    [InlineData("count-below", """{ "path": "findings", "limit": 2 }""", "findings counts 2, not below 2.")]
    [InlineData("count-below", """{ "path": "findngs", "limit": 2 }""", "the value has no 'findngs'.")]
    [InlineData("minimum", """{ "path": "findings[*].confidence", "above": 0.7 }""", "findings[1].confidence is 0.7, not above 0.7.")]
    [InlineData("minimum", """{ "path": "findings[*].file", "above": 0 }""", "findings[0].file is \"a.cs\", not above 0; findings[1].file is \"b.cs\", not above 0.")]
    [InlineData("minimum", """{ "path": "findings[*].confidnce", "above": 0 }""", "findings[0] has no 'confidnce'; findings[1] has no 'confidnce'.")]
    [InlineData("unique", """{ "path": "findings[*]", "by": ["line", "rule"] }""", "findings[0] and findings[1] are the same: 3|\"x\".")]
    [InlineData("unique", """{ "path": "findings[*]", "by": ["lines"] }""", "findings[0]: the value has no 'lines'; findings[1]: the value has no 'lines'")]
    [InlineData("covers", """{ "path": "findings[*].file", "all": ["a.cs", "c.cs"] }""", "\"c.cs\" is not among findings[*].file.")]
    [InlineData("when-any", """{ "path": "findings[*].severity", "equals": "critical", "then": { "path": "verdict", "equals": "approve" } }""", "findings[0].severity is \"critical\", but verdict is \"request-changes\", not \"approve\".")]
    [InlineData("end-state", """{ "path": "findings[1]", "expected": { "file": "c.cs", "lines": 3 }, "ignore": ["confidence", "rule", "severity"] }""", "findings[1].file is \"b.cs\", not \"c.cs\"; findings[1] has no lines; findings[1] has line beside what is expected.")]
    [InlineData("end-state", """{ "path": "findings", "expected": [] }""", "findings has 2 items, not 0.")]
    [InlineData("end-state", """{ "value": "no json", "expected": {} }""", "the state is \"no json\", not {}.")]
    public async Task Should_not_hold_and_say_why(string kind, string parameters, string text)
    {
        var evidence = await Judge(kind, parameters);

        evidence.Holds.ShouldBeFalse();
        evidence.Text.ShouldStartWith(text);
    }

    [Theory]
    [InlineData("sentiment", "{}", "There is no check 'sentiment'; there are count-below, covers,")]
    [InlineData("schema", "{}", "The parameter schema of 'schema' is missing.")]
    [InlineData("schema", """{ "schema": { "const": 1 } }""", "the schema cannot be used: const: the word 'const' is not checked here; write enum with one value.")]
    [InlineData("schema", """{ "schema": {}, "path": 3 }""", "The parameter path of 'schema' must be text.")]
    [InlineData("schema", """{ "schema": {}, "path": "a b" }""", "The parameter path of 'schema' is no path: 'a b': '.' or '[' expected at character 2.")]
    [InlineData("count-below", """{ "path": "findings" }""", "The parameter limit of 'count-below' is missing.")]
    [InlineData("count-below", """{ "path": "findings", "limit": "many" }""", "The parameter limit of 'count-below' must be a number.")]
    [InlineData("minimum", """{ "path": "findings" }""", "The parameter above (or atLeast) of 'minimum' is missing.")]
    [InlineData("covers", """{ "path": "findings", "all": {} }""", "The parameter all of 'covers' must be a list.")]
    [InlineData("when-any", """{ "path": "findings", "equals": 1, "then": 2 }""", "The parameter path of 'when-any: then' is missing.")]
    [InlineData("unique", "[]", "The parameter path of 'unique' is missing.")]
    [InlineData("equals", """{ "path": "\ud800", "value": 1 }""", "Cannot read incomplete UTF-16 JSON text as string")]
    public async Task Should_not_hold_where_the_check_cannot_be_done_as_written(string kind, string parameters, string text)
    {
        var evidence = await Judge(kind, parameters);

        evidence.Holds.ShouldBeFalse();
        evidence.Text.ShouldStartWith(text);
    }

    [Fact]
    public async Task Should_hold_as_a_whole_only_where_each_check_does()
    {
        var good = ("equals", """{ "path": "verdict", "value": "request-changes" }""");
        var bad = ("count-below", """{ "path": "findings", "limit": 1 }""");

        (await critic.Judge(Asked.About(Review, good, good), default)).Holds.ShouldBeTrue();
        (await critic.Judge(Asked.About(Review, good, bad, good), default)).Holds.ShouldBeFalse();
        (await critic.Judge(Asked.About(Review, good, bad, good), default)).Evidence.Select(each => each.Holds).ShouldBe([true, false, true]);
    }

    [Fact]
    public void Should_know_each_kind_that_a_loop_may_name_and_no_other()
    {
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSingleton(TimeProvider.System).AddOptions().AddChecks().BuildServiceProvider();

        services.GetServices<ICheck>().Select(check => check.Kind).Concat(CheckKinds.Judged).Order(StringComparer.Ordinal).ShouldBe(CheckKinds.All.Keys);
    }

    private async Task<Evidence> Judge(string kind, string parameters) =>
        (await critic.Judge(Asked.About(Review, (kind, parameters)), default)).Evidence.Single();
}
