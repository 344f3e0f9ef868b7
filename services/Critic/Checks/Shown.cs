using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>Values as evidence shows them: short.</summary>
internal static class Shown
{
    private const int Most = 80;

    public static string Of(JsonElement value) => Of(value.GetRawText());

    public static string Of(string text) => text.Length <= Most ? text : text[..Most] + "...";

    /// <summary>A text itself, any other value as canonical JSON.</summary>
    public static string Whole(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : CanonicalJson.Of(value);

    public static string At(JsonMatch match) => match.Path.Length == 0 ? "the result" : match.Path;
}
