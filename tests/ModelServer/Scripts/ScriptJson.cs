using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopBus.ModelServer.Scripts;

/// <summary>How scripts and the journal are written: camel case, words for enumerations, and a name nobody knows is an error.</summary>
internal static class ScriptJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new OneOrMany() },
    };

    /// <summary>A value on one line, however the script lays it out; letters stay letters, as in what models write.</summary>
    public static string OnOneLine(JsonElement value) => JsonSerializer.Serialize(value, Plain);
}
