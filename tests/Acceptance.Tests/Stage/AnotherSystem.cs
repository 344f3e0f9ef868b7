namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>A second system beside the first, for stories that wait long: so two are told at once.</summary>
[CollectionDefinition(Name)]
public sealed class AnotherSystem : ICollectionFixture<LoopBusSystem>
{
    public const string Name = "another system";
}
