using LoopBus.Coordinator.Runs;
using MassTransit;

namespace LoopBus.Coordinator;

/// <summary>A run: its figures in columns, the rest in the document.</summary>
internal sealed class RunState : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int Version { get; set; }

    public string TaskId { get; set; } = "";

    public string Loop { get; set; } = "";

    public string LoopVersion { get; set; } = "";

    public string LoopHash { get; set; } = "";

    /// <summary>For whom it is run, in lower case; null: for the installation itself.</summary>
    public string? Tenant { get; set; }

    public string? Reason { get; set; }

    public int Iteration { get; set; }

    public int MaxIterations { get; set; }

    public int Errors { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public RunDocument Document { get; set; } = new();

    /// <summary>The state that the last decision leads to; not stored.</summary>
    public string Next { get; set; } = "";
}
