namespace LoopBus.Approval.Tests.Stage;

/// <summary>The tests share one site; each makes its own people and questions.</summary>
[CollectionDefinition(Name)]
public sealed class OneSite : ICollectionFixture<ApprovalSite>
{
    public const string Name = "one site";
}
