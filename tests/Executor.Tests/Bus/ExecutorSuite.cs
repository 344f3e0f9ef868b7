namespace LoopBus.Executor.Tests.Bus;

/// <summary>The tests that share one broker, database and executor, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ExecutorSuite : ICollectionFixture<ExecutorFixture>
{
    public const string Name = "executor";
}
