using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Checking;

/// <summary>Whether what a step does can be taken back, where its tool can be, and whether people see what takes it back.</summary>
internal static class CompensationCheck
{
    public static IEnumerable<Problem> Of(PlannedStep step, string path, ToolCatalogue tools)
    {
        if (tools.Find(step.Tool) is not { } tool)
            return [];

        var effect = tool.EffectOf(step.Arguments).Effect;

        if (step.Compensate is null && effect == Effect.Irreversible && tool.Compensation is { } compensation)
            return [new Problem(path, $"step '{step.Id}' cannot be reversed by itself and has no compensate; {tool.Name} is compensated by {compensation}: add compensate: {{ tool: {compensation}, arguments: … }}.")];
        if (step.Compensate is not { } undo || tools.Find(undo.Tool) is not { } undoing)
            return [];

        // A compensation runs without asking: people accepted it together with its step, or it must need nobody.
        var gated = Gate.Decide(tool, step.Arguments, step, new ApprovalPolicy()).Required;
        var undoGated = Gate.Decide(undoing, undo.Arguments, step with { Gate = false }, new ApprovalPolicy()).Required;

        if (undoGated && tool.Compensation != undo.Tool)
            return [new Problem($"{path}.compensate", $"{undo.Tool} needs people's leave and is not the compensation that {tool.Name} declares, so that the executor would refuse it; plan it as a step of its own.")];

        return undoGated && !gated
            ? [new Problem($"{path}.compensate", $"{undo.Tool} needs people's leave, which a compensation does not wait for; set gate: true on step '{step.Id}', so that they give it before.")]
            : [];
    }
}
