using System.Text.Json;

namespace LoopBus.Loops.Json;

/// <summary>The texts that stand in a JSON value, at any depth; and what is wrong with a text that is none.</summary>
public static class JsonTexts
{
    /// <summary>Reads every text and every name: only who reads one learns that it is no UTF-8, or that an escape in it is half of a surrogate pair.</summary>
    /// <exception cref="InvalidOperationException">One of them is no Unicode text.</exception>
    public static void ReadAll(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            value.GetString();
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray())
                ReadAll(item);
        if (value.ValueKind == JsonValueKind.Object)
            foreach (var field in value.EnumerateObject())
            {
                _ = field.Name;
                ReadAll(field.Value);
            }
    }

    /// <summary>The texts that can be read; not the names of fields.</summary>
    public static IEnumerable<string> Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Of(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Of),
        JsonValueKind.String when Text(value) is { } text => [text],
        _ => [],
    };

    /// <summary>Why a text is no JSON, and in which of its lines, to be read after a sentence's beginning: ", line 2: …".</summary>
    public static string Problem(JsonException exception)
    {
        var where = exception.LineNumber is { } line ? $", line {line + 1}" : "";
        return $"{where}: {exception.Message.Split(" LineNumber:")[0]}";
    }

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
