namespace LoopBus.Coordinator.Tests.World;

[CollectionDefinition("budget world")]
public sealed class InABudgetWorld : ICollectionFixture<BudgetWorld>;
