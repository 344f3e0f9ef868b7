namespace LoopBus.Coordinator.Tests.World;

[CollectionDefinition("world")]
public sealed class InOneWorld : ICollectionFixture<WorldFixture>;
