using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>end-state: a value is as expected in all of its fields but the ignored ones, wherever in it they are; what is there beside counts as a difference.</summary>
internal sealed class EndStateCheck : ICheck
{
    public string Kind => "end-state";

    public Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var expected = question.Value("expected");
        var ignored = question.Texts("ignore").ToHashSet();
        var selection = question.Find("value") is { } value ? new JsonSelection([new JsonMatch("", value)], []) : question.SelectOrAll();
        var wrong = selection.Missing.Concat(selection.Found.SelectMany(match => Differences(match.Path, Read(match.Value, expected), expected, ignored))).ToList();

        return Task.FromResult(Finding.Of(wrong, ignored.Count == 0 ? "The state is as expected." : $"The state is as expected, but for {string.Join(", ", ignored)}."));
    }

    // What a file or a page holds comes as text.
    private static JsonElement Read(JsonElement value, JsonElement expected)
    {
        if (value.ValueKind != JsonValueKind.String || expected.ValueKind == JsonValueKind.String)
            return value;

        try
        {
            return JsonElement.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private static IEnumerable<string> Differences(string path, JsonElement actual, JsonElement expected, HashSet<string> ignored) => (actual.ValueKind, expected.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => Fields(path, actual, expected, ignored),
        (JsonValueKind.Array, JsonValueKind.Array) => Items(path, actual, expected, ignored),
        _ when JsonElement.DeepEquals(actual, expected) => [],
        _ => [$"{Name(path)} is {Shown.Of(actual)}, not {Shown.Of(expected)}"],
    };

    private static IEnumerable<string> Fields(string path, JsonElement actual, JsonElement expected, HashSet<string> ignored)
    {
        foreach (var field in expected.EnumerateObject().Where(field => !ignored.Contains(field.Name)))
            if (!actual.TryGetProperty(field.Name, out var there))
                yield return $"{Name(path)} has no {field.Name}";
            else
                foreach (var difference in Differences(path.Length == 0 ? field.Name : $"{path}.{field.Name}", there, field.Value, ignored))
                    yield return difference;

        foreach (var field in actual.EnumerateObject().Where(field => !ignored.Contains(field.Name) && !expected.TryGetProperty(field.Name, out _)))
            yield return $"{Name(path)} has {field.Name} beside what is expected";
    }

    private static IEnumerable<string> Items(string path, JsonElement actual, JsonElement expected, HashSet<string> ignored) =>
        actual.GetArrayLength() != expected.GetArrayLength()
            ? [$"{Name(path)} has {actual.GetArrayLength()} items, not {expected.GetArrayLength()}"]
            : actual.EnumerateArray().Zip(expected.EnumerateArray()).SelectMany((pair, i) => Differences($"{path}[{i}]", pair.First, pair.Second, ignored));

    private static string Name(string path) => path.Length == 0 ? "the state" : path;
}
