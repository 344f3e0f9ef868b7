using System.Text.Json.Serialization;

namespace LoopBus.Coordinator.Runs;

/// <summary>Where one step of a run stands; named for what we wait for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepStatus>))]
internal enum StepStatus
{
    Ready,
    AwaitingApproval,
    AwaitingBids,
    Executing,
    AwaitingRetry,
    Overdue,
    InDoubt,
    Done,
    Failed,
    Dropped,
    Compensating,
    AwaitingCompensation,
    Compensated,
    NotCompensated,
}
