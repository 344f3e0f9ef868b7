using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Json;
using LoopBus.Loops.Templates;

namespace LoopBus.Loops.Checking;

/// <summary>Whether the critic can do a check: its kind, its parameters' names, and of those that are written out the paths and schemas.</summary>
internal static class VerificationCheck
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
            .. parameters.SelectMany(parameter => Written(parameter, $"{path}.{parameter.Name}")),
            .. references.In(path, check.Parameters),
        ];
    }

    private static IEnumerable<Problem> Written(JsonProperty parameter, string path) => parameter.Name switch
    {
        "path" => Way(parameter.Value, path),
        "criteria" => Criteria(parameter.Value, path),
        "schema" when parameter.Value.ValueKind != JsonValueKind.String => JsonSchemaCheck.SchemaProblems(parameter.Value).Select(problem => new Problem(path, $"is no usable JSON schema: {problem}.")),
        _ => [],
    };

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
            if (!Template.IsIn(value.GetString()!))
                JsonPath.Parse(value.GetString()!);

            return [];
        }
        catch (FormatException exception)
        {
            return [new Problem(path, exception.Message)];
        }
    }
}
