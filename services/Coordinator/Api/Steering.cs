namespace LoopBus.Coordinator.Api;

/// <summary>Why an operator cancels, pauses or resumes; may be left out.</summary>
internal sealed record Steering(string? Reason);
