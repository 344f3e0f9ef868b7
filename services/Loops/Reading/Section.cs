using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LoopBus.Loops.Checking;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Reading;

/// <summary>One mapping of a loop file: takes keys out by type, and notes each that is missing, mistyped or unknown.</summary>
internal sealed class Section
{
    private readonly JsonObject values;

    private readonly List<Problem> problems;

    private readonly bool isThere;

    public Section(JsonNode? node, string path, List<Problem> problems, params string[] keys)
    {
        this.problems = problems;
        Path = path;
        isThere = node is JsonObject;
        values = node as JsonObject ?? [];

        foreach (var unknown in values.Select(value => value.Key).Where(key => !keys.Contains(key)))
            problems.Add(new Problem(At(unknown), $"the key '{unknown}' is unknown here; there are {string.Join(", ", keys)}."));
    }

    public string Path { get; }

    public bool Has(string key) => values.ContainsKey(key);

    public string At(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    public void Wrong(string key, string text) => problems.Add(new Problem(At(key), text));

    public string Text(string key, Regex? form = null, string hint = "") => Optional(key, form, hint) ?? Missing(key);

    public string? Optional(string key, Regex? form = null, string hint = "")
    {
        if (!values.TryGetPropertyValue(key, out var node))
            return null;
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text))
            Wrong(key, $"{key} must be text{(node is JsonValue ? "; put it in quotes" : "")}.");
        else if (text.Length == 0)
            Wrong(key, $"{key} must not be empty.");
        else if (form is not null && !form.IsMatch(text))
            Wrong(key, $"{key} must be {hint}; it is '{text}'.");
        else
            return text;

        return "";
    }

    /// <summary>A way into JSON; null where nothing is said.</summary>
    public string? Way(string key)
    {
        if (Optional(key) is not { Length: > 0 } way)
            return null;
        try
        {
            JsonPath.Parse(way);
        }
        catch (FormatException exception)
        {
            Wrong(key, $"{key} is no way into JSON: {exception.Message}");
        }

        return way;
    }

    public int Integer(string key, int fallback, int least, int most)
    {
        if (!values.TryGetPropertyValue(key, out var node))
            return fallback;
        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), out var number) && number >= least && number <= most)
            return number;

        Wrong(key, $"{key} must be an integer from {least} to {most}; it is {Shown(node)}.");

        return fallback;
    }

    public decimal? Number(string key, decimal least, decimal most)
    {
        if (!values.TryGetPropertyValue(key, out var node))
            return null;
        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), out var number) && number >= least && number <= most)
            return number;

        Wrong(key, $"{key} must be a number from {least} to {most}; it is {Shown(node)}.");

        return null;
    }

    public double? Seconds(string key, double leastSeconds, double mostSeconds, string range)
    {
        if (!values.TryGetPropertyValue(key, out var node))
            return null;
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text) || Duration.Seconds(text) is not { } seconds)
            Wrong(key, $"{key} must be a time such as 500ms, 30s, 5m, 24h or 7d; it is {Shown(node)}.");
        else if (seconds < leastSeconds || seconds > mostSeconds)
            Wrong(key, $"{key} must be {range}; it is {text}.");
        else
            return seconds;

        return null;
    }

    public bool? Flag(string key)
    {
        if (!values.TryGetPropertyValue(key, out var node))
            return null;
        if (node is JsonValue value && value.TryGetValue<bool>(out var flag))
            return flag;

        Wrong(key, $"{key} must be true or false; it is {Shown(node)}.");

        return null;
    }

    public string OneOf(string key, string fallback, params string[] words)
    {
        var text = Optional(key) ?? fallback;
        if (text.Length > 0 && !words.Contains(text))
            Wrong(key, $"{key} must be one of {string.Join(", ", words)}; it is '{text}'.");

        return text;
    }

    public JsonElement Object(string key, bool required)
    {
        if (!values.TryGetPropertyValue(key, out var node) && required)
            Missing(key);
        else if (node is JsonObject)
            return JsonSerializer.SerializeToElement(node);
        else if (values.ContainsKey(key))
            Wrong(key, $"{key} must be a mapping.");

        return JsonSerializer.SerializeToElement(new JsonObject());
    }

    public Section Inner(string key, params string[] keys)
    {
        var there = values.TryGetPropertyValue(key, out var node);
        if (there && node is not JsonObject)
            Wrong(key, $"{key} must be a mapping of {string.Join(", ", keys)}.");

        return new Section(node, At(key), problems, keys);
    }

    public IReadOnlyList<string> Words(string key, bool required)
    {
        var words = new List<string>();
        foreach (var (path, node) in List(key, required))
            if (node is JsonValue value && value.TryGetValue<string>(out var word) && word.Length > 0)
                words.Add(word);
            else
                problems.Add(new Problem(path, $"{key} must be a list of names; here is {Shown(node)}."));

        return words;
    }

    public IReadOnlyList<(string Path, JsonObject Node)> Mappings(string key, bool required)
    {
        var mappings = new List<(string, JsonObject)>();
        foreach (var (path, node) in List(key, required))
            if (node is JsonObject mapping)
                mappings.Add((path, mapping));
            else
                problems.Add(new Problem(path, $"{key} must be a list of mappings; here is {Shown(node)}."));

        return mappings;
    }

    private IEnumerable<(string Path, JsonNode? Node)> List(string key, bool required)
    {
        if (!values.TryGetPropertyValue(key, out var node))
        {
            if (required)
                Missing(key);

            return [];
        }

        if (node is JsonArray array)
            return array.Select((item, i) => ($"{At(key)}[{i}]", item));

        Wrong(key, $"{key} must be a list.");

        return [];
    }

    private string Missing(string key)
    {
        // A section that is missing itself is told of once, by who asked for it.
        if (isThere)
            problems.Add(new Problem(Path, $"{key} is missing."));

        return "";
    }

    private static string Shown(JsonNode? node) => node switch
    {
        JsonObject => "a mapping",
        JsonArray => "a list",
        null => "nothing",
        _ => node.ToJsonString(),
    };
}
