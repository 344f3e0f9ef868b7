using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LoopBus.Loops.Reading;

/// <summary>What a plain word means, as YAML 1.2's core schema has it for null, true, false and decimal numbers; all else is text.</summary>
internal static partial class YamlScalar
{
    public static JsonNode? Read(YamlScalarNode scalar)
    {
        var value = scalar.Value ?? "";

        if (scalar.Style != ScalarStyle.Plain)
            return JsonValue.Create(value);

        return value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when Integer().IsMatch(value) => JsonNode.Parse(BigInteger.Parse(value, NumberStyles.AllowLeadingSign).ToString()),
            _ when Number().IsMatch(value) && double.Parse(value, NumberStyles.Float) is var number && double.IsFinite(number) => JsonValue.Create(number),
            _ => JsonValue.Create(value),
        };
    }

    [GeneratedRegex(@"^[-+]?[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
