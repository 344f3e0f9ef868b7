using LoopBus.Contracts.Execution;

namespace LoopBus.Executor.Steps;

/// <summary>A step that was asked for, and how it ended.</summary>
internal sealed record ServedStep(ExecuteStep Step, StepOutcome Outcome, double Milliseconds)
{
    /// <summary>What to inform of where it is done.</summary>
    public StepResult Result => new(Step.TaskId, Step.StepId, Step.Attempt, Outcome.Output, Milliseconds, Outcome.FromLedger, Step.Spent);
}
