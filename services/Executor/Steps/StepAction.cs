using System.Text.Json;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Executor.Tools;
using LoopBus.Loops.Tools;

namespace LoopBus.Executor.Steps;

/// <summary>One thing to do, or to take back, whose tool is known and whose names are checked; whether it may run is decided later.</summary>
internal sealed record StepAction(
    string TaskId,
    string StepId,
    int Attempt,
    ITool Tool,
    ToolDescriptor Descriptor,
    JsonElement Arguments,
    string Hash,
    string Key,
    TimeSpan Timeout,
    Grant? Grant = null,
    Ruling? Ruling = null,
    bool Undo = false,
    string Loop = "",
    Spent? Allowance = null)
{
    public DeclaredEffect Declared { get; } = Descriptor.EffectOf(Arguments);

    /// <summary>Whether a second call would be a second effect, so that the first must be known before it is made.</summary>
    public bool WritesAhead => Declared.Effect is not (Effect.None or Effect.Idempotent);

    public bool Acts => Declared.Effect is not Effect.None;

    public ToolCall Call => new(TaskId, StepId, Key, Arguments) { Loop = Loop, Timeout = Timeout, Allowance = Allowance };
}
