namespace LoopBus.Hosting.Tests;

// Nothing else runs meanwhile: it measures what the process holds.
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Measured
{
    public const string Name = "measured";
}
