namespace LoopBus.Chaos.Loads;

/// <summary>A run that the load began; for notes, on which commit.</summary>
internal sealed record Begun(string Task, LoadKind Kind, string? Commit)
{
    /// <summary>Whether its last step is one that fails.</summary>
    public bool IsBad { get; set; }

    /// <summary>Whether somebody asked for its end.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>How it ended, as the API said it; null until then.</summary>
    public string? Status { get; set; }
}
