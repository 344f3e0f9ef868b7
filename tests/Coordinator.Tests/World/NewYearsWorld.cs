namespace LoopBus.Coordinator.Tests.World;

/// <summary>A world of its own, whose clock goes to the next year.</summary>
public sealed class NewYearsWorld : WorldFixture;
