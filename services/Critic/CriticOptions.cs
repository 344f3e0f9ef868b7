using System.ComponentModel.DataAnnotations;

namespace LoopBus.Critic;

/// <summary>The critic's limits; section LoopBus:Critic.</summary>
internal sealed class CriticOptions
{
    public const string Section = "LoopBus:Critic";

    /// <summary>How many results one process judges at once.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 8;
}
