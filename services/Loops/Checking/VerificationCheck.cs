using System.Text.Json;
using System.Text.RegularExpressions;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Json;
using LoopBus.Loops.Templates;

namespace LoopBus.Loops.Checking;

/// <summary>Whether the critic can do a check: its kind, its parameters' names, and what those can be that are written out.</summary>
internal static partial class VerificationCheck
{
    private const int MostCriteria = 20;

    public static IEnumerable<Problem> Of(Check check, string path, ReferenceCheck references)
    {
        // A missing kind is told where the file is read.
        if (check.Kind.Length == 0)
            return [];
        if (!CheckKinds.All.TryGetValue(check.Kind, out var kind))
            return [new Problem($"{path}.kind", $"there is no check '{check.Kind}'; there are {string.Join(", ", CheckKinds.All.Keys)}.")];
        if (check.Parameters.ValueKind != JsonValueKind.Object)
            return [new Problem(path, $"the parameters of the check '{check.Kind}' must be a mapping.")];

        string[] names = [.. kind.Needs, .. kind.May];
        var parameters = check.Parameters.EnumerateObject().ToList();

        return
        [
            .. kind.Needs.Where(name => !parameters.Exists(parameter => parameter.Name == name)).Select(name => new Problem(path, $"the check '{check.Kind}' needs {name}.")),
            .. parameters.Where(parameter => !names.Contains(parameter.Name))
                .Select(parameter => new Problem($"{path}.{parameter.Name}", $"the check '{check.Kind}' takes no '{parameter.Name}'; it takes {string.Join(", ", names)}.")),
            .. parameters.SelectMany(parameter => Written(check.Kind, parameter, $"{path}.{parameter.Name}")),
            .. references.In(path, check.Parameters),
        ];
    }

    private static IEnumerable<Problem> Written(string kind, JsonProperty parameter, string path)
    {
        var value = parameter.Value;

        // What a template will bring is not known yet; a program is not chosen by one, nor what it is told.
        if (parameter.Name != "criteria" && value.ValueKind == JsonValueKind.String && Template.IsIn(value.GetString()!))
            return kind == CheckKinds.Command && parameter.Name is "program" or "arguments" ? [Fixed(path)] : [];

        return (kind, parameter.Name) switch
        {
            ("file", "path") or ("http", "url") => Must(value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0, path, "must be text."),
            (_, "path") => Way(value, path),
            (_, "criteria") => Criteria(value, path),
            (_, "schema") => JsonSchemaCheck.SchemaProblems(value).Select(problem => new Problem(path, $"is no usable JSON schema: {problem}.")),
            (_, "onAbstain") => Must(value.ValueKind == JsonValueKind.String && value.GetString() is CheckKinds.Pass or "fail", path, "must be fail or pass: what it counts as where the judge cannot tell."),
            (_, "sources" or "ignore") => Must(IsTexts(value), path, "must be a list of texts."),
            (_, "contains") => Must(value.ValueKind == JsonValueKind.String || IsTexts(value), path, "must be text, or a list of texts."),
            (_, "numbers" or "exists") => Must(value.ValueKind is JsonValueKind.True or JsonValueKind.False, path, "must be true or false."),
            (_, "least") => Must(IsInteger(value, 0, 1000), path, "must be an integer from 0 to 1000."),
            (_, "status") => Must(IsInteger(value, 100, 599), path, "must be an integer from 100 to 599."),
            (_, "exitCode") => Must(IsInteger(value, 0, 255), path, "must be an integer from 0 to 255."),
            (_, "sha256") => Must(value.ValueKind == JsonValueKind.String && Sha256().IsMatch(value.GetString()!), path, "must be 64 hexadecimal digits."),
            (_, "program") => Must(value.ValueKind == JsonValueKind.String && Program().IsMatch(value.GetString()!), path, "must be a name that LoopBus:Critic:Commands has: letters, digits, ., - and _."),
            (_, "arguments") => IsTexts(value) && !value.EnumerateArray().Any(argument => Template.IsIn(argument.GetString()!)) ? [] : [Fixed(path)],
            _ => [],
        };
    }

    private static Problem Fixed(string path) => new(path, "must be written out, each argument a text without templates: what varies comes to a program by its standard input.");

    private static IEnumerable<Problem> Must(bool holds, string path, string says) => holds ? [] : [new Problem(path, says)];

    private static bool IsTexts(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(each => each.ValueKind == JsonValueKind.String);

    private static bool IsInteger(JsonElement value, int least, int most) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most;

    private static IEnumerable<Problem> Criteria(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and <= MostCriteria && value.EnumerateArray().All(criterion => criterion.ValueKind == JsonValueKind.String && criterion.GetString()!.Length > 0)
            ? []
            : [new Problem(path, $"must be a list of 1 to {MostCriteria} sentences, each of which can be seen to hold or not.")];

    private static IEnumerable<Problem> Way(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
            return [new Problem(path, "must be text.")];

        try
        {
            JsonPath.Parse(value.GetString()!);

            return [];
        }
        catch (FormatException exception)
        {
            return [new Problem(path, exception.Message)];
        }
    }

    [GeneratedRegex("^[0-9A-Fa-f]{64}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sha256();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Program();
}
