using System.Text.Json.Serialization;

namespace LoopBus.Loops;

/// <summary>Why a run ends.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TerminationReason>))]
public enum TerminationReason
{
    Success,
    Cancelled,
    Quarantined,
    Rejected,
    ApprovalExpired,
    PlanRefused,
    ReplansExhausted,
    StepFailed,
    VerificationFailed,
    TooManyErrors,
    MaxIterationsExceeded,
    RetriesExhausted,
    WallClockExceeded,
    BudgetExceeded,
    Stalled,
    InvariantBroken,
    GivenUp,
    NoQuorum,
}
