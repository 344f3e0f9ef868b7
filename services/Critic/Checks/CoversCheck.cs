using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>covers: each value of a list is among those at the path, so that nothing was left out.</summary>
internal sealed class CoversCheck : ICheck
{
    public string Kind => "covers";

    public Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var all = question.List("all");
        var selection = question.Select();
        var there = selection.Found.Select(match => CanonicalJson.Of(match.Value)).ToHashSet();
        var wrong = selection.Missing.Concat(all
            .Where(value => !there.Contains(CanonicalJson.Of(value)))
            .Select(value => $"{Shown.Of(value)} is not among {question.Text("path")}")).ToList();

        return Task.FromResult(Finding.Of(wrong, $"all {all.Count} are among {question.Text("path")}."));
    }
}
