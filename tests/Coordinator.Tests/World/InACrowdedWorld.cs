namespace LoopBus.Coordinator.Tests.World;

// Nothing else runs meanwhile: it measures.
[CollectionDefinition("crowded world", DisableParallelization = true)]
public sealed class InACrowdedWorld : ICollectionFixture<CrowdedWorld>;
