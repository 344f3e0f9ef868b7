using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Templates;

/// <summary>Fills <c>{{ … }}</c> in texts, once: what a value brings is never read as a template again. A text that is one reference becomes the JSON value itself.</summary>
public static class Template
{
    /// <summary>Whether a text holds a template.</summary>
    public static bool IsIn(string text) => text.Contains("{{", StringComparison.Ordinal);

    /// <returns>The value with every text in it filled; keys stay as they are.</returns>
    /// <exception cref="TemplateException">A template cannot be read or finds nothing.</exception>
    public static JsonElement Render(JsonElement value, TemplateScope scope)
    {
        try
        {
            return JsonSerializer.SerializeToElement(Fill(value, scope, path: ""));
        }
        // Half of a surrogate pair, a key twice, or filled deeper than JSON may nest: bad data, not a broken program.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new TemplateException("", $"The filled value is no sound JSON: {exception.Message}");
        }
    }

    /// <returns>The JSON value of a text that is one reference, else a JSON string.</returns>
    /// <exception cref="TemplateException">A template cannot be read or finds nothing.</exception>
    public static JsonElement Render(string text, TemplateScope scope) => Render(JsonSerializer.SerializeToElement(text), scope);

    /// <returns>The items of a for_each template, in order.</returns>
    /// <exception cref="TemplateException">The template cannot be read, finds nothing or no list, or the list is too long or has an item twice.</exception>
    public static IReadOnlyList<JsonElement> RenderList(string template, TemplateScope scope)
    {
        var list = Render(template, scope);

        if (list.ValueKind != JsonValueKind.Array)
            throw new TemplateException(template, $"for_each: {template} brought {Resolution.Kind(list)}, not a list.");
        if (list.GetArrayLength() > ForEachInvariants.MaxItems)
            throw new TemplateException(template, $"for_each: {template} brought {list.GetArrayLength()} items; at most {ForEachInvariants.MaxItems} run in one step.");

        var items = list.EnumerateArray().ToList();
        var twice = ForEachInvariants.Duplicates(items);

        return twice.Count == 0 ? items : throw new TemplateException(template, $"for_each: {template} has an item twice: {Resolution.Short(twice[0])}.");
    }

    /// <returns>Every reference in the value's texts.</returns>
    /// <exception cref="TemplateException">A template cannot be read.</exception>
    public static IEnumerable<TemplateReference> References(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => References(value.GetString()!),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => References(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(References),
        _ => [],
    };

    /// <returns>Every reference in the text.</returns>
    /// <exception cref="TemplateException">A template cannot be read.</exception>
    public static IEnumerable<TemplateReference> References(string text) => TemplateText.Parse(text).Parts.Select(part => part.Reference).OfType<TemplateReference>();

    private static JsonNode? Fill(JsonElement value, TemplateScope scope, string path) => value.ValueKind switch
    {
        JsonValueKind.String => Fill(value.GetString()!, scope, path),
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(property =>
            KeyValuePair.Create(property.Name, Fill(property.Value, scope, path.Length == 0 ? property.Name : $"{path}.{property.Name}")))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select((item, index) => Fill(item, scope, $"{path}[{index}]"))]),
        _ => ToNode(value),
    };

    // Whoever reads of the fault looks for the field that has it.
    private static JsonNode? Fill(string text, TemplateScope scope, string path)
    {
        try
        {
            return Fill(text, scope);
        }
        catch (TemplateException exception) when (path.Length > 0)
        {
            throw new TemplateException(exception.Template, $"{path}: {exception.Message}");
        }
    }

    private static JsonNode? Fill(string text, TemplateScope scope)
    {
        var template = TemplateText.Parse(text);
        if (template.Whole is { } whole)
            return ToNode(Resolution.Of(whole, scope));

        var filled = new StringBuilder();
        foreach (var (plain, reference) in template.Parts)
        {
            filled.Append(plain);
            if (reference is not null)
                filled.Append(AsText(Resolution.Of(reference, scope)));
        }

        return JsonValue.Create(filled.ToString());
    }

    private static string AsText(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : CanonicalJson.Of(value);

    private static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(value),
    };
}
