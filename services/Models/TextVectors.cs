namespace LoopBus.Models;

/// <summary>A vector for each of some texts, by one model.</summary>
public sealed record TextVectors(string Model, IReadOnlyList<float[]> Vectors);
