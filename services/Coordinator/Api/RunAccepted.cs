namespace LoopBus.Coordinator.Api;

/// <summary>A trigger that is taken, and where its run can be read.</summary>
internal sealed record RunAccepted(string TaskId, string Location);
