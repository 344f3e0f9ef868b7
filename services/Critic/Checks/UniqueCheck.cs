using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>unique: nothing at the path comes twice, as a whole or by some of its keys.</summary>
internal sealed class UniqueCheck : ICheck
{
    public string Kind => "unique";

    public Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var ways = question.Find("by") is null ? [question.Way("")] : question.List("by").Select(key => question.Way(key.ToString())).ToList();
        var selection = question.Select();
        var keyed = selection.Found.Select(match => (match.Path, Parts: ways.ConvertAll(way => way.Select(match.Value)))).ToList();
        var missing = keyed.SelectMany(item => item.Parts.SelectMany(part => part.Missing).Select(text => $"{item.Path}: {text}"));
        var twice = keyed
            .GroupBy(item => string.Join('|', item.Parts.SelectMany(part => part.Found).Select(match => CanonicalJson.Of(match.Value))))
            .Where(same => same.Count() > 1)
            .Select(same => $"{string.Join(" and ", same.Select(item => item.Path).Take(3))} are the same: {Shown.Of(same.Key)}");

        return Task.FromResult(Finding.Of([.. selection.Missing, .. missing, .. twice], $"{selection.Found.Count} at {question.Text("path")}, none twice."));
    }
}
