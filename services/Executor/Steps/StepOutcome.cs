using System.Text.Json;
using LoopBus.Contracts.Acts;

namespace LoopBus.Executor.Steps;

/// <summary>How a step ended. Failed: it surely had no effect, or one that may be had again. InDoubt: it may have had one that must not be had twice.</summary>
internal sealed record StepOutcome(StepEnd End, JsonElement Output, Reason? Reason, bool FromLedger = false)
{
    public static StepOutcome Done(JsonElement output, bool fromLedger = false) => new(StepEnd.Done, output, null, fromLedger);

    public static StepOutcome Failed(Reason reason) => new(StepEnd.Failed, default, reason);

    public static StepOutcome Refused(Reason reason) => new(StepEnd.Refused, default, reason);

    public static StepOutcome InDoubt(string text) =>
        new(StepEnd.InDoubt, default, new Reason("in-doubt", $"{text} Look whether the effect happened, and say so in the approval inbox."));
}
