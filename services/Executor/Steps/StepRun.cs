using LoopBus.Contracts.Acts;
using LoopBus.Executor.Ledger;

namespace LoopBus.Executor.Steps;

/// <summary>How a step ended, when, and what of it the ledger is still to keep; null where there is nothing, or it knows already.</summary>
internal sealed record StepRun(StepOutcome Outcome, DateTimeOffset StartedAt, DateTimeOffset EndedAt, EffectWrite? Write)
{
    /// <summary>What the ledger's row says of an earlier call, with the times of that call.</summary>
    public static StepRun Known(EffectEntry row, StepOutcome outcome) => new(outcome, row.IntendedAt, row.SettledAt ?? row.IntendedAt, Write: null);

    public static StepRun Refused(Reason reason, DateTimeOffset at) => new(StepOutcome.Refused(reason), at, at, Write: null);
}
