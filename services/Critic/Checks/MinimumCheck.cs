using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>minimum: every number at the path is above one bound, or at least another.</summary>
internal sealed class MinimumCheck : ICheck
{
    public string Kind => "minimum";

    public Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var above = question.OptionalNumber("above");
        var least = question.OptionalNumber("atLeast");
        if (above is null && least is null)
            throw question.Wrong("above (or atLeast)", "is missing");

        var selection = question.Select();
        var bound = string.Join(" and ", new[] { above is null ? null : $"above {above}", least is null ? null : $"at least {least}" }.OfType<string>());
        var wrong = selection.Missing.Concat(selection.Found
            .Where(match => !Holds(match, above, least))
            .Select(match => $"{Shown.At(match)} is {Shown.Of(match.Value)}, not {bound}")).ToList();

        return Task.FromResult(Finding.Of(wrong, $"{selection.Found.Count} at {question.Text("path")}, each {bound}."));
    }

    private static bool Holds(JsonMatch match, double? above, double? least) =>
        match.Value.ValueKind == JsonValueKind.Number && match.Value.TryGetDouble(out var number)
        && !(number <= above) && !(number < least);
}
