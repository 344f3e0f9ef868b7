using System.Text.Json.Serialization;

namespace LoopBus.Coordinator.Api;

/// <summary>Why an operator cancels, pauses or resumes; may be left out.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Steering(string? Reason);
