using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Critic.Checks;

/// <summary>equals: each value at the path is this one.</summary>
internal sealed class EqualsCheck : ICheck
{
    public string Kind => "equals";

    public Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var value = question.Value("value");
        var selection = question.Select();
        var wrong = selection.Missing.Concat(selection.Found
            .Where(match => !JsonElement.DeepEquals(match.Value, value))
            .Select(match => $"{Shown.At(match)} is {Shown.Of(match.Value)}, not {Shown.Of(value)}")).ToList();

        return Task.FromResult(Finding.Of(wrong, $"{question.Text("path")} is {Shown.Of(value)}."));
    }
}
