using System.ComponentModel.DataAnnotations;

namespace LoopBus.Critic;

/// <summary>The critic's limits; section LoopBus:Critic.</summary>
internal sealed class CriticOptions
{
    public const string Section = "LoopBus:Critic";

    /// <summary>How many results one process judges at once; where a model judges, it waits most of the time.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 32;

    /// <summary>The most characters of a result, and of what it was made from, that a model is shown; the rest is said to be cut.</summary>
    [Range(1000, 10_000_000)]
    public int MaxJudgedLength { get; set; } = 60_000;
}
