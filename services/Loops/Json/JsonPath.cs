using System.Text.Json;

namespace LoopBus.Loops.Json;

/// <summary>A way into a JSON value: <c>findings[*].line</c>, <c>steps.files.output[0]</c>, <c>headers["content-type"]</c>. Keys are letters, digits, _ and -, others go in quotes.</summary>
public sealed class JsonPath
{
    private JsonPath(IReadOnlyList<PathSegment> segments) => Segments = segments;

    internal IReadOnlyList<PathSegment> Segments { get; }

    /// <exception cref="FormatException">The text is no path; the message says at which character.</exception>
    public static JsonPath Parse(string text)
    {
        var segments = new List<PathSegment>();
        var at = 0;

        while (at < text.Length)
            segments.Add(text[at] == '[' ? Bracket(text, ref at) : Key(text, ref at, first: segments.Count == 0));

        return new JsonPath(segments);
    }

    /// <returns>All that the path finds, and each place where it could not go on.</returns>
    public JsonSelection Select(JsonElement root)
    {
        var found = new List<JsonMatch> { new("", root) };
        var missing = new List<string>();

        foreach (var segment in Segments)
        {
            var next = new List<JsonMatch>();
            foreach (var match in found)
                if (Leads(match.Value, segment))
                    next.AddRange(Down(match, segment));
                else
                    missing.Add($"{(match.Path.Length == 0 ? "the value" : match.Path)} has no {Name(segment)}");
            found = next;
        }

        return new JsonSelection(found, missing);
    }

    internal static string Name(PathSegment segment) => segment.Key is { } key ? $"'{key}'" : segment.IsEach ? "items" : $"[{segment.Index}]";

    // An empty list has items, none: [*] leads into it.
    private static bool Leads(JsonElement value, PathSegment segment) => segment.IsEach
        ? value.ValueKind == JsonValueKind.Array
        : Down(new JsonMatch("", value), segment).Any();

    internal static IEnumerable<JsonMatch> Down(JsonMatch from, PathSegment segment)
    {
        var (path, value) = from;

        if (segment.Key is { } key && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(key, out var property))
            return [new JsonMatch(path.Length == 0 ? key : $"{path}.{key}", property)];
        if (segment.Index is { } index && value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength())
            return [new JsonMatch($"{path}[{index}]", value[index])];
        if (segment.IsEach && value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().Select((item, i) => new JsonMatch($"{path}[{i}]", item));

        return [];
    }

    private static PathSegment Key(string text, ref int at, bool first)
    {
        if (text[at] == '.' && !first)
            at++;
        else if (!first)
            throw new FormatException($"'{text}': '.' or '[' expected at character {at + 1}.");

        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-'))
            at++;
        if (at == start)
            throw new FormatException($"'{text}': a key expected at character {at + 1}.");

        return new PathSegment(text[start..at], null);
    }

    private static PathSegment Bracket(string text, ref int at)
    {
        var close = text.IndexOf(']', at);
        var quoted = at + 1 < text.Length && text[at + 1] == '"';
        if (quoted)
        {
            var quote = text.IndexOf('"', at + 2);
            close = quote >= 0 && quote + 1 < text.Length && text[quote + 1] == ']' ? quote + 1 : -1;
        }

        if (close < 0)
            throw new FormatException($"'{text}': the '[' at character {at + 1} is not closed.");

        var inside = text[(at + 1)..close].Trim();
        var start = at;
        at = close + 1;

        if (quoted)
            return new PathSegment(inside[1..^1], null);
        if (inside == "*")
            return default;
        if (int.TryParse(inside, System.Globalization.NumberStyles.None, null, out var index))
            return new PathSegment(null, index);

        throw new FormatException($"'{text}': an index, * or a quoted key expected in the brackets at character {start + 1}.");
    }
}
