using LoopBus.Contracts.Acts;

namespace LoopBus.Executor.Steps;

/// <summary>What one call of a tool brought. Unknown: it may have had its effect; a probe tells where the call has Stopped.</summary>
internal sealed record ToolRun(StepOutcome? Known, string? Unknown = null, bool Stopped = true, Reason? IfNot = null)
{
    public static implicit operator ToolRun(StepOutcome known) => new(known);
}
