using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Json;

namespace LoopBus.Loops.Memory;

/// <summary>Believes what a model says it learned only where its source says so too, letter by letter but for blanks.</summary>
public static class Grounding
{
    private const int MostFacts = 20;
    private const int MostOfKey = 200;
    private const int MostOfValue = 2000;

    /// <returns>The facts that are founded and new, each with its relevance to the subgoal, and how many are unfounded.</returns>
    public static (IReadOnlyList<Fact> Believed, int Unfounded) Of(IEnumerable<Fact> claims, MakePlan asked, string subgoal)
    {
        var believed = new List<Fact>();
        var unfounded = 0;

        foreach (var claim in claims)
            if (believed.Count == MostFacts || !Holds(claim, asked))
                unfounded++;
            else if (!(asked.Facts ?? []).Concat(believed).Any(known => IsSame(known, claim)))
                believed.Add(claim with { Relevance = WordOverlap.Of($"{claim.Key} {claim.Value}", subgoal) });

        return (believed, unfounded);
    }

    /// <summary>Whether the turn, the person or the fact that it names as its source says the fact's value.</summary>
    public static bool Holds(Fact claim, MakePlan asked)
    {
        var value = Blanks.Normal(claim.Value);
        if (value.Length is 0 or > MostOfValue || Blanks.Normal(claim.Key).Length is 0 or > MostOfKey)
            return false;

        return (asked.Turns ?? []).Where(turn => turn?.StepId == claim.Source).Any(turn => Says(turn, value))
            || (asked.Guidance ?? []).Any(said => said is { Kind: "fact" } && said.By == claim.Source && Has(said.Text, value))
            || (asked.Facts ?? []).Any(fact => fact?.Source == claim.Source && Has(fact.Value, value));
    }

    private static bool Says(Turn turn, string value) =>
        (turn.Output is { ValueKind: not JsonValueKind.Undefined } output && (Has(TurnText.Json(output), value) || JsonTexts.Of(output).Any(text => Has(text, value))))
        || (turn.Problem is { } problem && Has(problem, value));

    // Whole words: "unpaid" does not say "paid", nor 117 that it is 17.
    private static bool Has(string? text, string value)
    {
        var said = Blanks.Normal(text ?? "");

        for (var at = said.IndexOf(value, StringComparison.Ordinal); at >= 0; at = said.IndexOf(value, at + 1, StringComparison.Ordinal))
            if (!Joins(said, at) && !Joins(said, at + value.Length))
                return true;

        return false;
    }

    private static bool Joins(string text, int at) => at > 0 && at < text.Length && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at]);

    private static bool IsSame(Fact known, Fact claim) =>
        known is not null && string.Equals(Blanks.Normal(known.Key), Blanks.Normal(claim.Key), StringComparison.OrdinalIgnoreCase) && Blanks.Normal(known.Value) == Blanks.Normal(claim.Value);
}
