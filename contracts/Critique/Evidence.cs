namespace LoopBus.Contracts.Critique;

/// <summary>What one check found.</summary>
public sealed record Evidence(string Check, bool Holds, string Text);
