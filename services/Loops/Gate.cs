using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops;

/// <summary>Decides by a tool's declared effect and blast radius whether people decide. A loop may tighten it, never loosen it; what is undeclared counts as the worst.</summary>
public static class Gate
{
    // Rows: none, idempotent, reversible, irreversible. Columns: blast radius none, low, medium, high, very high. Cells: people needed.
    private static readonly int[,] People =
    {
        { 0, 0, 0, 0, 1 },
        { 0, 0, 0, 1, 1 },
        { 0, 0, 0, 1, 1 },
        { 0, 1, 1, 2, 2 },
    };

    /// <param name="effect">What the tool does to the world; null or unknown counts as irreversible.</param>
    /// <param name="radius">How much it can harm; null or unknown counts as very high.</param>
    /// <param name="tighten">Whether the loop asks for a gate here in any case.</param>
    /// <param name="policyQuorum">How many people the loop asks for; it can only raise what the matrix asks for.</param>
    public static GateDecision Decide(Effect? effect, BlastRadius? radius, bool tighten = false, int policyQuorum = 1)
    {
        var row = effect is { } e && Enum.IsDefined(e) ? (int)e : (int)Effect.Irreversible;
        var column = radius is { } r && Enum.IsDefined(r) ? (int)r : (int)BlastRadius.VeryHigh;
        var people = People[row, column];

        return people == 0 && !tighten ? new GateDecision(false, 0) : new GateDecision(true, Math.Max(1, Math.Max(people, policyQuorum)));
    }

    /// <summary>Decides for one call with its rendered arguments; a tool that is not in the catalogue counts as the worst.</summary>
    public static GateDecision Decide(ToolDescriptor? tool, JsonElement arguments, PlannedStep step, ApprovalPolicy policy)
    {
        var declared = tool?.EffectOf(arguments);

        return Decide(declared?.Effect, declared?.BlastRadius, step.Gate, policy.Quorum);
    }
}
