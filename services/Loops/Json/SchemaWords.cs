using System.Text.Json;
using System.Text.RegularExpressions;

namespace LoopBus.Loops.Json;

/// <summary>Refuses schemas that NJsonSchema would read otherwise than written: words that it skips, references out of the document, definitions that only lead to themselves.</summary>
internal static class SchemaWords
{
    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    private static readonly string[] Plain =
    [
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "type", "enum", "format", "pattern", "required",
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
    ];

    private static readonly string[] Maps = ["properties", "patternProperties", "definitions"];

    private static readonly string[] BesideReference = ["$ref", "$comment", "title", "description", "default", "examples"];

    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf"];

    /// <summary>Whether a word's value is no schema itself.</summary>
    public static bool IsPlain(string word) => Plain.Contains(word);

    public static IReadOnlyList<string> Problems(JsonElement schema)
    {
        var problems = new List<string>();
        Read(schema, schema, "", 0, problems);

        return problems;
    }

    private static void Read(JsonElement root, JsonElement schema, string path, int depth, List<string> problems)
    {
        var at = path.Length == 0 ? "the schema" : path;
        if (schema.ValueKind != JsonValueKind.Object)
            problems.Add($"{at}: must be an object");
        else if (depth > CanonicalJson.MaxDepth)
            problems.Add($"{at}: nests deeper than {CanonicalJson.MaxDepth} levels");
        else if (path.Length > 0 && schema.TryGetProperty("$ref", out _) && schema.EnumerateObject().Any(word => !BesideReference.Contains(word.Name)))
            problems.Add($"{at}: what stands beside a $ref is not checked; write allOf with it");
        else
            foreach (var word in schema.EnumerateObject())
                Word(root, word.Name, word.Value, path.Length == 0 ? word.Name : $"{path}.{word.Name}", depth, problems);
    }

    private static void Word(JsonElement root, string word, JsonElement value, string path, int depth, List<string> problems)
    {
        if (word == "type" && !Names(value).All(Types.Contains))
            problems.Add($"{path}: must be one of {string.Join(", ", Types)}");
        else if (word == "required" && (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String)))
            problems.Add($"{path}: must be a list of names");
        else if (word == "enum" && (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0))
            problems.Add($"{path}: must be a list of at least one value");
        else if (word == "pattern" && !IsPattern(value.ValueKind == JsonValueKind.String ? value.GetString()! : null))
            problems.Add($"{path}: must be a regular expression");
        else if (word == "$ref")
            Reference(root, value, path, problems);
        else if (Maps.Contains(word) && value.ValueKind == JsonValueKind.Object)
            foreach (var property in value.EnumerateObject())
                Read(root, property.Value, $"{path}.{property.Name}", depth + 1, problems);
        else if (Lists.Contains(word) && value.ValueKind == JsonValueKind.Array)
            foreach (var (i, item) in value.EnumerateArray().Index())
                Read(root, item, $"{path}[{i}]", depth + 1, problems);
        else if (word is "items" or "not")
            Read(root, value, path, depth + 1, problems);
        else if (word == "additionalProperties" && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Read(root, value, path, depth + 1, problems);
        else if (Maps.Contains(word) || Lists.Contains(word))
            problems.Add($"{path}: must be {(Maps.Contains(word) ? "an object" : "a list")} of schemas");
        else if (word != "additionalProperties" && !Plain.Contains(word))
            problems.Add($"{path}: the word '{word}' is not checked here{Instead(word)}");
    }

    private static string Instead(string word) => word switch
    {
        "const" => "; write enum with one value",
        "$defs" => "; write definitions",
        _ => "",
    };

    private static bool IsPattern(string? pattern)
    {
        try
        {
            return pattern is not null && new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Reference(JsonElement root, JsonElement value, string path, List<string> problems)
    {
        // NJsonSchema does not resolve it there.
        if (path == "$ref")
            problems.Add("$ref: a reference cannot be the whole schema; write allOf with it");
        else if (Target(root, value) is not { } target)
            problems.Add($"{path}: must lead to a definition in this schema: #/definitions/<name>");
        else if (InPlace(root, target, []))
            problems.Add($"{path}: '{value}' leads only to itself");
    }

    private static JsonElement? Target(JsonElement root, JsonElement reference)
    {
        var parts = reference.ValueKind == JsonValueKind.String ? reference.GetString()!.Split('/') : [];

        return parts is ["#", "definitions", { Length: > 0 } name]
            && root.TryGetProperty("definitions", out var definitions) && definitions.ValueKind == JsonValueKind.Object
            && definitions.TryGetProperty(name, out var target) && target.ValueKind == JsonValueKind.Object
            ? target
            : null;
    }

    // Whether a definition reaches itself without going down into the value: such a schema never ends.
    private static bool InPlace(JsonElement root, JsonElement schema, List<string> seen)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return false;

        foreach (var word in schema.EnumerateObject())
        {
            if (word.Name == "$ref" && Target(root, word.Value) is { } target
                && (seen.Contains(word.Value.GetString()!) || InPlace(root, target, [.. seen, word.Value.GetString()!])))
                return true;
            if (word.Name == "not" && InPlace(root, word.Value, seen))
                return true;
            if (Lists.Contains(word.Name) && word.Value.ValueKind == JsonValueKind.Array && word.Value.EnumerateArray().Any(item => InPlace(root, item, seen)))
                return true;
        }

        return false;
    }

    private static IEnumerable<string?> Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()],
        JsonValueKind.Array => value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null),
        _ => [null],
    };
}
