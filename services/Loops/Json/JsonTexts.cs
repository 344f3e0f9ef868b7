using System.Text.Json;

namespace LoopBus.Loops.Json;

/// <summary>The texts that stand in a JSON value, at any depth; not the names of its fields, and none that is half of a surrogate pair.</summary>
public static class JsonTexts
{
    public static IEnumerable<string> Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Of(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Of),
        JsonValueKind.String when Text(value) is { } text => [text],
        _ => [],
    };

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        // Half of a surrogate pair is no text.
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
