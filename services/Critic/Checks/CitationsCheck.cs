using System.Text.Json;
using System.Text.RegularExpressions;
using LoopBus.Loops.Json;
using LoopBus.Loops.Memory;

namespace LoopBus.Critic.Checks;

/// <summary>
/// citations: each claim at the path names a source and quotes it, and the quote is there, letter by letter, blanks aside. Where numbers is true,
/// each number of the claim is in its quote: what no source says can not be promised.
/// </summary>
internal sealed partial class CitationsCheck(Sources sources) : ICheck
{
    /// <summary>Fewer letters are in any text.</summary>
    private const int Shortest = 10;

    public string Kind => "citations";

    public async Task<Finding> Evaluate(Question question, CancellationToken cancellationToken)
    {
        var selection = question.Select();
        var least = question.OptionalNumber("least") ?? 1;
        var (named, numbers) = (question.Find("sources") is null ? null : question.Texts("sources"), question.Flag("numbers", fallback: false));
        var wrong = selection.Missing.ToList();
        var read = new Dictionary<string, IReadOnlyList<string>?>();

        if (selection.Found.Count < least)
            wrong.Add($"{question.Text("path")} counts {selection.Found.Count} claims, not {least} or more");
        foreach (var match in selection.Found)
            if (await Fault(match.Value, question.Steps, named, numbers, read, cancellationToken) is { } fault)
                wrong.Add($"{Shown.At(match)}: {fault}");

        return Finding.Of(wrong, $"{selection.Found.Count} quotes are in their sources, letter by letter.");
    }

    private async Task<string?> Fault(
        JsonElement claim, JsonElement steps, IReadOnlyList<string>? named, bool numbers, Dictionary<string, IReadOnlyList<string>?> read, CancellationToken cancellationToken)
    {
        if (Text(claim, "source") is not { Length: > 0 } source || Text(claim, "quote") is not { } quote)
            return "it has no source and quote";
        if (Blanks.Normal(quote).Length < Shortest)
            return $"its quote {Shown.Of(quote)} is too short to show anything: {Shortest} letters or more";
        if (named?.Contains(source) == false)
            return $"{Shown.Of(source)} is none of the sources that count: {string.Join(", ", named)}";
        if (!read.TryGetValue(source, out var texts))
            read[source] = texts = await sources.Texts(source, steps, cancellationToken);
        if (texts is null)
            return $"there is no source {Shown.Of(source)}, neither a step nor a file";
        if (!texts.Any(text => text.Contains(Blanks.Normal(quote), StringComparison.Ordinal)))
            return $"{Shown.Of(source)} does not say {Shown.Of(quote)}";
        if (!numbers)
            return null;
        if (Text(claim, "claim") is not { } said)
            return "it has no claim";

        var quoted = Number().Matches(quote).Select(match => match.Value).ToHashSet();

        return Number().Matches(said).Select(match => match.Value).FirstOrDefault(number => !quoted.Contains(number)) is { } own
            ? $"it says {own}, and its quote does not: {Shown.Of(quote)}"
            : null;
    }

    private static string? Text(JsonElement claim, string key) =>
        claim.ValueKind == JsonValueKind.Object && claim.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("[0-9]+([.,][0-9]+)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
