using LoopBus.Contracts.Critique;

namespace LoopBus.Critic;

/// <summary>What a judge said of one criterion, in one order: it holds, it does not, or (null) the judge abstained.</summary>
internal sealed record Opinion(bool? Holds, string Text)
{
    /// <summary>A criterion counts where both orders agree; else the judge went by the place (position bias; Zheng et al., Judging LLM-as-a-Judge, 2023), and has abstained.</summary>
    public static Opinion Of(Opinion first, Opinion swapped) =>
        first.Holds == swapped.Holds ? first : new Opinion(null, $"{first.Text} Asked in the other order, the judge says otherwise: {swapped.Text}");

    /// <param name="passes">What an abstention counts as.</param>
    public Evidence AsEvidence(string kind, string criterion, bool passes) =>
        new(kind, Holds ?? passes, $"{criterion} {Text}{(Holds is null && passes ? " The loop lets that pass." : "")}", Holds is null);
}
