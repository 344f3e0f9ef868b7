namespace LoopBus.Coordinator.Overload;

/// <summary>The load as it was measured last, over all copies.</summary>
/// <param name="ActiveRuns">Runs that take work now.</param>
/// <param name="LateMessages">Messages of the coordinator's outbox that should have gone out some time ago.</param>
internal sealed record Load(int ActiveRuns, int LateMessages);
