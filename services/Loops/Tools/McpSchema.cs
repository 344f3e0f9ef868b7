using System.Text.Json;
using System.Text.Json.Nodes;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Tools;

/// <summary>Brings a schema of an MCP server (JSON Schema 2020-12, whatever words) to the words that are checked here; what else it asks for, the server itself checks.</summary>
public static class McpSchema
{
    private const int MaxLength = 64 * 1024;

    private static readonly string[] Maps = ["properties", "patternProperties", "definitions"];

    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf"];

    /// <summary>What an output is that was too large: its beginning, and the hash that it is kept under.</summary>
    private const string Claim =
        """
        {
          "type": "object",
          "required": ["truncated", "claim", "bytes"],
          "properties": {
            "text": { "type": "string" },
            "truncated": { "type": "boolean", "enum": [true] },
            "claim": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
            "bytes": { "type": "integer" }
          }
        }
        """;

    private const string Plain =
        """
        {
          "type": "object",
          "required": ["text"],
          "properties": {
            "text": { "type": "string", "description": "All text that the tool gave." },
            "content": { "type": "array", "description": "What it gave beside text, as MCP's content blocks." },
            "truncated": { "type": "boolean", "description": "True where text is only the beginning; the whole is the file claims/<claim>." },
            "claim": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
            "bytes": { "type": "integer" }
          }
        }
        """;

    public static JsonElement Input(JsonElement schema) => Usable(schema) is { } usable ? Element(usable) : Element(Node("""{ "type": "object" }"""));

    /// <param name="schema">The schema of structured content, or null where the tool gives text.</param>
    public static JsonElement Output(JsonElement? schema)
    {
        if (schema is null)
            return Element(Node(Plain));
        if (Usable(schema.Value) is not { } usable)
            return Element(Node("""{ "type": "object" }"""));

        // References go by the root.
        var definitions = usable["definitions"];
        usable.Remove("definitions");
        var either = new JsonObject { ["anyOf"] = new JsonArray(usable, Node(Claim)) };
        if (definitions is not null)
            either["definitions"] = definitions;

        return Element(either);
    }

    private static JsonObject? Usable(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || schema.GetRawText().Length > MaxLength)
            return null;

        var usable = Rewritten(Node(schema.GetRawText()), root: true);
        return JsonSchemaCheck.SchemaProblems(Element(usable)).Count == 0 ? usable : null;
    }

    private static JsonObject Rewritten(JsonObject schema, bool root = false)
    {
        var result = new JsonObject();

        foreach (var (key, value) in schema)
        {
            var word = key == "$defs" ? "definitions" : key;

            if (word == "const")
                result["enum"] = new JsonArray(value?.DeepClone());
            else if (Maps.Contains(word) && value is JsonObject map)
                result[word] = new JsonObject(map.Select(each => KeyValuePair.Create(each.Key, Inner(each.Value))));
            else if (Lists.Contains(word) && value is JsonArray list)
                result[word] = new JsonArray([.. list.Select(Inner)]);
            else if (word == "additionalProperties" && value is JsonValue)
                result[word] = value.DeepClone();
            else if (word is "items" or "not" or "additionalProperties")
                result[word] = Inner(value);
            else if (word is not "$schema" and not "$id" && SchemaWords.IsPlain(word))
                result[word] = value?.DeepClone();
        }

        if (schema["$ref"] is JsonValue reference)
        {
            var target = new JsonObject { ["$ref"] = reference.ToString().Replace("#/$defs/", "#/definitions/", StringComparison.Ordinal) };
            if (!root)
                return target;
            result["allOf"] = new JsonArray(target);
        }

        return result;
    }

    private static JsonNode? Inner(JsonNode? schema) => schema switch
    {
        JsonObject inner => Rewritten(inner),
        JsonValue any when any.GetValueKind() == JsonValueKind.True => new JsonObject(),
        _ => schema?.DeepClone(),
    };

    private static JsonObject Node(string text) => JsonNode.Parse(text)!.AsObject();

    private static JsonElement Element(JsonObject schema) => JsonSerializer.SerializeToElement(schema);
}
