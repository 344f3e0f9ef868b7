using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Memory;

/// <summary>What a model is shown of a run: texts for <c>{{data}}</c>, none of them longer than agreed, and the account of it.</summary>
/// <param name="Earlier">The older turns, summed up.</param>
/// <param name="Last">The last turns, each word for word.</param>
/// <param name="Facts">One on a line.</param>
/// <param name="Contradictions">Facts of one key with different values, one key on a line.</param>
/// <param name="Guidance">What is said to the planner, each for itself.</param>
public sealed record RunView(string Earlier, IReadOnlyList<string> Last, string Facts, string Contradictions, IReadOnlyList<string> Guidance, ContextUse Use)
{
    /// <summary>One with all its parts and nothing in them: what a prompt takes of itself.</summary>
    public static RunView Hollow { get; } = new(" ", [" "], " ", " ", [" "], new ContextUse(0, 0, 0, 0, []));
}
