namespace LoopBus.Coordinator.Registry;

/// <summary>One version of a loop as it was loaded, kept for the runs that are pinned to it.</summary>
internal sealed class LoopVersionEntry
{
    public required string Hash { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Definition { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }
}
