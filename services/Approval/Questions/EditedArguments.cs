using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Approval.Questions;

/// <summary>Other arguments for an action, as a person typed them: small, of the tool's shape, and not those that it has already.</summary>
internal static class EditedArguments
{
    public const int MostBytes = 64 * 1024;
    public const int MostLevels = 32;

    // With its blanks, which are not counted otherwise.
    private const int MostTyped = 8 * MostBytes;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>What is wrong with them, after "The arguments".</returns>
    public static string? Read(string? typed, JsonElement present, JsonElement? schema, out string? json)
    {
        json = null;
        if (string.IsNullOrWhiteSpace(typed))
            return "are empty. Give the whole object, with what stays as it is.";
        if (typed.Length > MostTyped)
            return TooLarge;

        try
        {
            using var document = JsonDocument.Parse(typed, new JsonDocumentOptions { MaxDepth = MostLevels });
            return Read(document.RootElement, present, schema, out json);
        }
        catch (JsonException exception)
        {
            return $"can not be read as JSON{JsonTexts.Problem(exception)}";
        }
    }

    /// <summary>Whether what stands in the form is what the action has already, however it is written.</summary>
    public static bool AreThose(string typed, JsonElement present)
    {
        try
        {
            return typed.Length <= MostTyped && CanonicalJson.Of(JsonSerializer.Deserialize<JsonElement>(typed)) == CanonicalJson.Of(present);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static bool IsSmall(JsonElement arguments) => Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(arguments, Compact)) <= MostBytes;

    private static string TooLarge => $"have more than {MostBytes / 1024} KiB. What is large belongs where the tool can read it.";

    private static string? Read(JsonElement value, JsonElement present, JsonElement? schema, out string? json)
    {
        json = null;
        if (value.ValueKind != JsonValueKind.Object)
            return "must be a JSON object: names and values in braces.";
        if (!IsSmall(value))
            return TooLarge;
        if (CanonicalJson.Of(value) == CanonicalJson.Of(present))
            return "are those that it has already. Change them, or accept or reject the action as it is.";

        var problems = schema is null ? [] : JsonSchemaCheck.Problems(schema.Value, value);
        if (problems.Count > 0)
            return $"are not what the tool takes: {string.Join("; ", problems.Take(5))}{(problems.Count > 5 ? "; and more" : "")}.";

        json = JsonSerializer.Serialize(value, Compact);
        return null;
    }
}
