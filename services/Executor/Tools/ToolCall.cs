using System.Text.Json;
using LoopBus.Contracts.Planning;

namespace LoopBus.Executor.Tools;

/// <summary>One call of a tool; arguments are checked against the tool's input schema before it.</summary>
internal sealed record ToolCall(string TaskId, string StepId, string IdempotencyKey, JsonElement Arguments)
{
    public string Loop { get; init; } = "";

    /// <summary>After which the call is stopped, and counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>What the executor's models may take for the run at most, with what they took already; null where nothing bounds it.</summary>
    public Spent? Allowance { get; init; }
}
