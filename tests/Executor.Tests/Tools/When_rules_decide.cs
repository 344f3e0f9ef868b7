using System.Text.Json;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Rules;

namespace LoopBus.Executor.Tests.Tools;

public sealed class When_rules_decide
{
    [Theory]
    [InlineData("""{ "up": false, "ms": 9 }""", "down")]
    [InlineData("""{ "up": true, "ms": 2001 }""", "slow")]
    [InlineData("""{ "up": true, "ms": 2000 }""", "well")]
    [InlineData("""{ "ms": "2001" }""", "well")]
    public async Task Should_bring_what_the_first_says_that_fits(string value, string says)
    {
        var output = await Decide(value, """[ { "when": { "path": "up", "equals": false }, "then": { "is": "down" } }, { "when": { "path": "ms", "above": 2000 }, "then": { "is": "slow" } } ]""");

        output.GetProperty("is").GetString().ShouldBe(says);
    }

    [Fact]
    public async Task Should_say_which_path_is_none()
    {
        (await Should.ThrowAsync<ToolException>(() => Decide("{}", """[ { "when": { "path": "a b" }, "then": {} } ]"""))).Code.ShouldBe("bad-path");
    }

    private static Task<JsonElement> Decide(string value, string rules) =>
        new RulesMatchTool().Invoke(new ToolCall("task-1", "step-1", "key-1", JsonElement.Parse($$"""{ "value": {{value}}, "rules": {{rules}}, "otherwise": { "is": "well" } }""")), CancellationToken.None);
}
