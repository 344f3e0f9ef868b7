using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Executor.Tools.Rules;

/// <summary>rules.match: what the first rule says that fits a value; a decision without a model.</summary>
internal sealed class RulesMatchTool : ITool
{
    public string Name => "rules.match";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken)
    {
        var value = call.Arguments.GetProperty("value");
        var rule = call.Arguments.GetProperty("rules").EnumerateArray().FirstOrDefault(rule => Fits(rule.GetProperty("when"), value));

        return Task.FromResult(rule.ValueKind == JsonValueKind.Undefined ? call.Arguments.GetProperty("otherwise") : rule.GetProperty("then"));
    }

    private static bool Fits(JsonElement when, JsonElement value)
    {
        try
        {
            return JsonPath.Parse(when.GetProperty("path").GetString()!).Select(value).Found.Any(match => when.EnumerateObject().All(condition => Holds(condition, match.Value)));
        }
        catch (FormatException exception)
        {
            throw new ToolException("bad-path", $"A rule's path is no way into a value: {exception.Message}", inner: exception);
        }
    }

    private static bool Holds(JsonProperty condition, JsonElement value) => condition.Name switch
    {
        "equals" => JsonElement.DeepEquals(value, condition.Value),
        "above" => value.ValueKind == JsonValueKind.Number && value.GetDouble() > condition.Value.GetDouble(),
        "below" => value.ValueKind == JsonValueKind.Number && value.GetDouble() < condition.Value.GetDouble(),
        _ => true,
    };
}
