using System.Text.Json;
using System.Text.RegularExpressions;
using LoopBus.Loops.Json;

namespace LoopBus.Models;

/// <summary>Reads what a model was asked for as JSON.</summary>
public static partial class JsonAnswer
{
    // What is made of an answer is written deeper than it stands in it, and a message has 64 levels.
    private static readonly JsonSerializerOptions Shallow = new() { MaxDepth = 32 };

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <returns>The answer, or what is wrong with it, for the model to mend.</returns>
    public static (T? Answer, string? Problem) Read<T>(string text, JsonElement schema)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(Nul().Replace(Bare(text), "\\uFFFD"), Shallow);

            return JsonSchemaCheck.Problems(schema, json) is { Count: > 0 } problems
                ? (null, string.Join("; ", problems))
                : (json.Deserialize<T>(Options), null);
        }
        catch (JsonException exception)
        {
            return (null, $"it is no JSON: {exception.Message}");
        }
    }

    // Models like to put what they were asked for into a fence, whatever they were told.
    private static string Bare(string text)
    {
        var bare = text.Trim();
        if (!bare.StartsWith("```", StringComparison.Ordinal) || bare.IndexOf('\n') is not (> 0 and var line))
            return bare;
        var end = bare.LastIndexOf("```", StringComparison.Ordinal);

        return end > line ? bare[line..end] : bare[line..];
    }

    // PostgreSQL's text has every character but this one.
    [GeneratedRegex(@"(?<=(?<!\\)(\\\\)*)\\u0000", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nul();
}
