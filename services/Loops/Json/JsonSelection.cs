namespace LoopBus.Loops.Json;

/// <summary>What a path found in a value, and where it could not go on: "findings[2] has no 'line'".</summary>
public sealed record JsonSelection(IReadOnlyList<JsonMatch> Found, IReadOnlyList<string> Missing);
