namespace LoopBus.ModelServer.Scripts;

/// <summary>A reply that was chosen, and the rule it comes from.</summary>
internal sealed record Cue(string Rule, Reply Reply);
