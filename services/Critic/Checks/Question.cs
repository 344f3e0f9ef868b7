using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>What one check looks at, the result, the outputs of the steps, and its parameters.</summary>
internal sealed class Question(string kind, JsonElement parameters, JsonElement result, JsonElement steps = default)
{
    public JsonElement Result => result;

    /// <summary>What the steps brought, by their ids.</summary>
    public JsonElement Steps => steps;

    public JsonElement? Find(string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) ? value : null;

    public JsonElement Value(string name) => Find(name) ?? throw Wrong(name, "is missing");

    public string Text(string name) => Value(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Wrong(name, "must be text");

    public double Number(string name) => Number(name, Value(name));

    public double? OptionalNumber(string name) => Find(name) is { } value ? Number(name, value) : null;

    public bool Flag(string name, bool fallback) => Find(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "must be true or false"),
    };

    public IReadOnlyList<JsonElement> List(string name) =>
        Value(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : throw Wrong(name, "must be a list");

    /// <returns>The texts of a parameter that is one or a list of them; a value that is no text by its JSON; none where it is missing.</returns>
    public IReadOnlyList<string> Texts(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(Shown.Whole).ToList(),
        { } one => [Shown.Whole(one)],
    };

    /// <summary>What the path in a parameter finds in the result.</summary>
    public JsonSelection Select(string name = "path") => Way(Text(name)).Select(result);

    /// <summary>What the path finds in the result; the result itself where there is no path.</summary>
    public JsonSelection SelectOrAll() => Find("path") is null ? new JsonSelection([new JsonMatch("", result)], []) : Select();

    public JsonPath Way(string path)
    {
        try
        {
            return JsonPath.Parse(path);
        }
        catch (FormatException exception)
        {
            throw new CheckException($"The parameter path of '{kind}' is no path: {exception.Message}");
        }
    }

    public CheckException Wrong(string name, string why) => new($"The parameter {name} of '{kind}' {why}.");

    private double Number(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : throw Wrong(name, "must be a number");
}
