using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>Values as evidence shows them: short.</summary>
internal static class Shown
{
    private const int Most = 80;

    public static string Of(JsonElement value) => Of(value.GetRawText());

    public static string Of(string text) => text.Length <= Most ? text : text[..Most] + "...";

    public static string At(JsonMatch match) => match.Path.Length == 0 ? "the result" : match.Path;
}
