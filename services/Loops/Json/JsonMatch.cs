using System.Text.Json;

namespace LoopBus.Loops.Json;

/// <summary>A value that a path found, and where.</summary>
public sealed record JsonMatch(string Path, JsonElement Value);
