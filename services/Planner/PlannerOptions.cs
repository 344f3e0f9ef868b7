using System.ComponentModel.DataAnnotations;

namespace LoopBus.Planner;

/// <summary>The planner's limits; section LoopBus:Planner.</summary>
internal sealed class PlannerOptions
{
    public const string Section = "LoopBus:Planner";

    /// <summary>How many plans one process makes at once; most of the time it waits for models.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 64;

    /// <summary>The longest definition, in characters, that is read.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxDefinitionLength { get; set; } = 1024 * 1024;
}
