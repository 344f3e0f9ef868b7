using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LoopBus.Loops.Json;

/// <summary>
/// One text for each JSON value: keys sorted by UTF-16 code unit, no blanks, least escaping, numbers normalised (RFC 8785).
/// Numbers keep all their digits, where the RFC rounds to a double: two amounts that differ never hash the same.
/// </summary>
public static class CanonicalJson
{
    /// <summary>How deep a value may nest, as System.Text.Json reads it.</summary>
    public const int MaxDepth = 64;

    /// <exception cref="JsonException">A key comes twice, a string is no Unicode text, or the value nests deeper than <see cref="MaxDepth"/>.</exception>
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text, 0);

        return text.ToString();
    }

    /// <returns>The sha256 of the canonical text, as 64 lower-case hexadecimal digits.</returns>
    public static string Hash(JsonElement value) => Hash(Of(value));

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(JsonElement value, StringBuilder text, int depth)
    {
        if (depth > MaxDepth)
            throw new JsonException($"The value nests deeper than {MaxDepth} levels.");

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, text, depth);
                break;
            case JsonValueKind.Array:
                WriteArray(value, text, depth);
                break;
            case JsonValueKind.String:
                WriteString(Text(value.GetString), text);
                break;
            case JsonValueKind.Number:
                text.Append(CanonicalNumber.Of(value.GetRawText()));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteObject(JsonElement value, StringBuilder text, int depth)
    {
        var properties = value.EnumerateObject().Select(property => (Name: Text(() => property.Name), property.Value)).ToList();
        properties.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        text.Append('{');

        for (var i = 0; i < properties.Count; i++)
        {
            if (i > 0 && properties[i].Name == properties[i - 1].Name)
                throw new JsonException($"The key '{properties[i].Name}' comes twice in one object.");
            if (i > 0)
                text.Append(',');
            WriteString(properties[i].Name, text);
            text.Append(':');
            Write(properties[i].Value, text, depth + 1);
        }

        text.Append('}');
    }

    private static void WriteArray(JsonElement value, StringBuilder text, int depth)
    {
        text.Append('[');
        var first = true;

        foreach (var item in value.EnumerateArray())
        {
            if (!first)
                text.Append(',');
            first = false;
            Write(item, text, depth + 1);
        }

        text.Append(']');
    }

    private static string Text(Func<string?> read)
    {
        try
        {
            return read() ?? "";
        }
        // Half of a surrogate pair, escaped: JSON's grammar lets it pass, Unicode does not.
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A string holds half of a surrogate pair, which is no Unicode text.", exception);
        }
    }

    private static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var character in value)
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)character).ToString("x4")),
                _ => text.Append(character),
            };
        text.Append('"');
    }
}
