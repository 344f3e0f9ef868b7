namespace LoopBus.Executor.Tests.Bus;

/// <summary>The same, with no executor but those that a test starts.</summary>
public sealed class QuietExecutorFixture : ExecutorFixture
{
    protected override bool StartsOne => false;
}
