namespace LoopBus.Contracts.Planning;

/// <summary>What a model was shown of a run so far. Sizes are in tokens, estimated; Dropped names what was left out, such as "output of act-3".</summary>
/// <param name="Reanchored">Whether the older turns were summed up anew for this question, and not taken from the last one.</param>
public sealed record ContextUse(int Tokens, int Budget, int Verbatim, int Summarized, IReadOnlyList<string> Dropped, bool Reanchored = false);
