namespace LoopBus.Loops;

/// <summary>How much of a run a model is shown before it decides.</summary>
/// <param name="Tokens">The most for the whole prompt, estimated.</param>
/// <param name="Verbatim">The last turns that are shown word for word, as far as they fit; older ones are summed up.</param>
/// <param name="Reanchor">After so many turns, and again after as many, everything is summed up anew.</param>
public sealed record ContextPolicy(int Tokens = 16_000, int Verbatim = 6, int Reanchor = 30);
