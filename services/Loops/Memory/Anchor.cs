namespace LoopBus.Loops.Memory;

/// <summary>The first turns of a run, so many of them, summed up by a model.</summary>
/// <param name="IsNew">Whether it was written for this question.</param>
public sealed record Anchor(int Turns, string Text, bool IsNew);
