using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoopBus.Loops.Json;
using Microsoft.AspNetCore.Html;

namespace LoopBus.Approval.Web;

/// <summary>JSON for people: indented, as text or as HTML whose names, strings and literals have a class each.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Pretty(JsonElement value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>For a field in which people change it: as it is shown, hidden letters written out.</summary>
    public static string Editable(JsonElement value) => Visible(Pretty(value));

    public static JsonElement? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            var value = JsonElement.ParseValue(ref reader);
            JsonTexts.ReadAll(value);
            return utf8[(int)reader.BytesConsumed..].TrimStart(" \t\r\n"u8).IsEmpty ? value : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static IHtmlContent Html(JsonElement value)
    {
        var html = new HtmlContentBuilder();
        Write(html, value, 0);
        return html;
    }

    private static void Write(HtmlContentBuilder html, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                WriteAll(html, '{', '}', depth, value.EnumerateObject(), property =>
                {
                    Span(html, "json-name", Quote(property.Name));
                    html.Append(": ");
                    Write(html, property.Value, depth + 1);
                });
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                WriteAll(html, '[', ']', depth, value.EnumerateArray(), item => Write(html, item, depth + 1));
                break;
            case JsonValueKind.String:
                Span(html, "json-text", Quote(value.GetString()!));
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                html.Append(value.GetRawText());
                break;
            default:
                Span(html, "json-literal", value.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(HtmlContentBuilder html, char open, char close, int depth, IEnumerable<T> items, Action<T> write)
    {
        var separator = open.ToString();
        foreach (var item in items)
        {
            html.Append($"{separator}\n{new string(' ', 2 * (depth + 1))}");
            write(item);
            separator = ",";
        }

        html.Append($"\n{new string(' ', 2 * depth)}{close}");
    }

    private static void Span(HtmlContentBuilder html, string name, string text) =>
        html.AppendHtml($"<span class=\"{name}\">").Append(text).AppendHtml("</span>");

    // What turns or hides letters would show another action than the one that is signed: it is written out.
    private static string Visible(string json) => string.Concat(json.Select(letter =>
        char.GetUnicodeCategory(letter) == UnicodeCategory.Format ? $"\\u{(int)letter:x4}" : $"{letter}"));

    private static string Quote(string text) => Visible(JsonSerializer.Serialize(text, Indented));
}
