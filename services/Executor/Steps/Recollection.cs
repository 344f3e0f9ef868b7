using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Executor.Ledger;
using LoopBus.Loops.Json;

namespace LoopBus.Executor.Steps;

/// <summary>What the ledger's row says to a request for the same effect: pure rules.</summary>
internal static class Recollection
{
    /// <returns>The answer that the row gives, or null where the effect is to be claimed and worked on.</returns>
    public static StepOutcome? Of(EffectEntry entry, StepAction action)
    {
        if (entry.ActionHash != action.Hash && entry.State != EffectState.Failed && entry.Fence > 0)
            return KeyTaken(action);

        return entry.State switch
        {
            EffectState.Done => StepOutcome.Done(entry.OutputJson, fromLedger: true),
            EffectState.Failed when action.Attempt <= entry.Attempt && entry.ActionHash == action.Hash => StepOutcome.Failed(entry.Reason),
            EffectState.InDoubt when FreshRuling(entry, action) is null => new StepOutcome(StepEnd.InDoubt, default, entry.Reason, FromLedger: true),
            _ => null,
        };
    }

    public static StepOutcome KeyTaken(StepAction action) =>
        StepOutcome.Refused(new Reason(
            "key-taken", $"The ledger holds another action under this step's key; run {action.Descriptor.Name} with other arguments as a step of its own."));

    /// <summary>A ruling settles only what came before it; the one that was used last was about an earlier call.</summary>
    public static Ruling? FreshRuling(EffectEntry entry, StepAction action) =>
        action.Ruling is { } ruling && (entry.RuledAt is not { } used || EffectLedger.Moment(ruling.At) > used) ? ruling : null;

    public static bool MayHaveHappened(EffectEntry before) => before.Fence > 0 && before.State is not EffectState.Failed;

    public static StepOutcome Ruled(StepAction action, Ruling ruling)
    {
        var output = ruling.Output ?? JsonSerializer.SerializeToElement(new { });
        var problems = JsonSchemaCheck.Problems(action.Descriptor.Output, output);

        return problems.Count == 0
            ? StepOutcome.Done(output)
            : new StepOutcome(StepEnd.InDoubt, default, new Reason(
                "in-doubt", $"{ruling.By} ruled that {action.Tool.Name} happened, but the output given breaks its schema: {string.Join("; ", problems)}. Rule again, with the output that it gave."));
    }
}
