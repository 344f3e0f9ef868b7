using System.Text.Json;

namespace LoopBus.Critic.Checks;

/// <summary>when-any: where any value at the path is this one, each at another path is that one. A critical finding blocks: severity critical, then verdict request-changes.</summary>
internal sealed class WhenAnyCheck : ICheck
{
    public string Kind => "when-any";

    public Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var trigger = question.Value("equals");
        var then = new Question($"{Kind}: then", question.Value("then"), question.Result);
        var (path, wanted) = (then.Text("path"), then.Value("equals"));
        var selection = question.Select();
        var hit = selection.Found.FirstOrDefault(match => JsonElement.DeepEquals(match.Value, trigger));

        if (selection.Missing.Count > 0)
            return Task.FromResult(Finding.Of(selection.Missing, ""));
        if (hit is null)
            return Task.FromResult(new Finding(true, $"no {question.Text("path")} is {Shown.Of(trigger)}."));

        var consequence = then.Select();
        var wrong = consequence.Missing.Concat(consequence.Found
            .Where(match => !JsonElement.DeepEquals(match.Value, wanted))
            .Select(match => $"{Shown.At(hit)} is {Shown.Of(trigger)}, but {Shown.At(match)} is {Shown.Of(match.Value)}, not {Shown.Of(wanted)}")).ToList();

        return Task.FromResult(Finding.Of(wrong, $"{Shown.At(hit)} is {Shown.Of(trigger)}, and {path} is {Shown.Of(wanted)}."));
    }
}
