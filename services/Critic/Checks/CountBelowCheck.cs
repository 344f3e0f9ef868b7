using System.Text.Json;

namespace LoopBus.Critic.Checks;

/// <summary>count-below: fewer things are at the path than the limit; a path that ends at lists counts their items.</summary>
internal sealed class CountBelowCheck : ICheck
{
    public string Kind => "count-below";

    public Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var limit = question.Number("limit");
        var selection = question.Select();
        var count = selection.Found.Sum(match => match.Value.ValueKind == JsonValueKind.Array ? match.Value.GetArrayLength() : 1);
        var path = question.Text("path");

        return Task.FromResult(selection.Missing.Count > 0
            ? Finding.Of(selection.Missing, "")
            : new Finding(count < limit, $"{path} counts {count}, {(count < limit ? "" : "not ")}below {limit}."));
    }
}
