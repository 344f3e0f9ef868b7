using System.Text.Json;

namespace LoopBus.Coordinator.Api;

/// <param name="Input">The JSON Schema of its input.</param>
internal sealed record LoopView(string Name, string Version, string Hash, string Owner, string? Description, JsonElement Input);
