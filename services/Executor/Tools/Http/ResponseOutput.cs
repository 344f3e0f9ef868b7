using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace LoopBus.Executor.Tools.Http;

/// <summary>A response as a tool's output: JSON as it is, text as text, anything else as base64.</summary>
internal static class ResponseOutput
{
    private static readonly string[] s_kept = ["Location", "ETag", "Retry-After", "Link"];

    public static JsonElement Of(HttpResponseMessage response, byte[] bytes)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        var (body, encoding) = Body(bytes, type);

        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["status"] = (int)response.StatusCode,
            ["contentType"] = type,
            ["headers"] = Headers(response),
            ["encoding"] = encoding,
            ["body"] = body,
        });
    }

    private static (JsonNode? Body, string Encoding) Body(byte[] bytes, string type)
    {
        try
        {
            if (type.EndsWith("json", StringComparison.OrdinalIgnoreCase) && bytes.Length > 0)
                return (JsonNode.Parse(bytes), "json");
        }
        catch (JsonException)
        {
            // What calls itself JSON and is none is passed on as text.
        }

        return Utf8.IsValid(bytes)
            ? (JsonValue.Create(Encoding.UTF8.GetString(bytes)), "text")
            : (JsonValue.Create(Convert.ToBase64String(bytes)), "base64");
    }

    private static JsonObject Headers(HttpResponseMessage response) =>
        new(s_kept
            .Where(response.Headers.Contains)
            .Select(name => KeyValuePair.Create(name.ToLowerInvariant(), (JsonNode?)string.Join(", ", response.Headers.GetValues(name)))));
}
