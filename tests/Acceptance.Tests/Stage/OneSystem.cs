namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>One running system for most stories, one story at a time: some of them kill parts of it.</summary>
[CollectionDefinition(Name)]
public sealed class OneSystem : ICollectionFixture<LoopBusSystem>
{
    public const string Name = "system";
}
