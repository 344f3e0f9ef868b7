namespace LoopBus.Coordinator.Tests.World;

/// <summary>A world whose coordinator takes few runs at once, and measures often.</summary>
public sealed class CrowdedWorld : WorldFixture
{
    public const int MostRuns = 32;

    private protected override IReadOnlyDictionary<string, string?> More { get; } = new Dictionary<string, string?>
    {
        ["LoopBus:Coordinator:MostActiveRuns"] = $"{MostRuns}",
        ["LoopBus:Coordinator:LoadSampleSeconds"] = "0.1",
    };
}
