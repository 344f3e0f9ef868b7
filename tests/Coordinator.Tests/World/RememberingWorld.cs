namespace LoopBus.Coordinator.Tests.World;

/// <summary>A world whose coordinator asks the planner once for each version of a scripted loop.</summary>
public sealed class RememberingWorld : WorldFixture
{
    private protected override IReadOnlyDictionary<string, string?> More { get; } = new Dictionary<string, string?> { ["LoopBus:Coordinator:RememberScripts"] = "true" };
}
