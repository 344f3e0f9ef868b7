namespace LoopBus.Coordinator.Api;

/// <summary>One page of runs; Next is the after of the page that follows, if there is one.</summary>
internal sealed record RunPage(IReadOnlyList<RunView> Runs, string? Next);
