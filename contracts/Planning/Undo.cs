using System.Text.Json;

namespace LoopBus.Contracts.Planning;

/// <summary>The call that takes a step's effect back; its templates see the step's own output as output.</summary>
public sealed record Undo(string Tool, JsonElement Arguments);
