using System.Collections.Concurrent;
using System.Text.Json;
using NJsonSchema;

namespace LoopBus.Loops.Json;

/// <summary>Checks values against JSON schemas, for any value whatever: what cannot be checked is a problem, never an exception.</summary>
public static class JsonSchemaCheck
{
    private const int MostCached = 512;

    private static readonly ConcurrentDictionary<string, JsonSchema> Parsed = new();

    /// <returns>What is wrong with the value, each as "path: message"; empty where it holds.</returns>
    public static IReadOnlyList<string> Problems(JsonElement schema, JsonElement value) => Find(schema, value).Select(problem => problem.ToString()).ToList();

    /// <returns>What is wrong with the schema itself: words that are not checked here, types that there are not, references that lead nowhere.</returns>
    public static IReadOnlyList<string> SchemaProblems(JsonElement schema)
    {
        var problems = SchemaWords.Problems(schema);
        if (problems.Count > 0)
            return problems;

        try
        {
            Parse(schema);

            return [];
        }
        // NJsonSchema throws what its JSON reader, its reference resolver or Regex throws.
        catch (Exception exception)
        {
            return [FirstLine(exception)];
        }
    }

    internal static IReadOnlyList<SchemaProblem> Find(JsonElement schema, JsonElement value)
    {
        try
        {
            // Canonical text is bounded in depth, has each key once, and writes 5.0 as the integer it is.
            var text = CanonicalJson.Of(value);
            var problems = SchemaWords.Problems(schema);

            return problems.Count > 0
                ? problems.Select(problem => new SchemaProblem("", $"the schema cannot be used: {problem}")).ToList()
                : Parse(schema).Validate(text).SelectMany(SchemaErrors.Read).Distinct().ToList();
        }
        // Whatever a value does to the library, the value is refused and the process lives.
        catch (Exception exception)
        {
            return [new SchemaProblem("", $"cannot be checked: {FirstLine(exception)}")];
        }
    }

    private static JsonSchema Parse(JsonElement schema)
    {
        if (Parsed.Count > MostCached)
            Parsed.Clear();

        // No reference leaves the document (SchemaWords), so nothing is awaited.
        return Parsed.GetOrAdd(schema.GetRawText(), text => JsonSchema.FromJsonAsync(text).GetAwaiter().GetResult());
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].Trim();
}
