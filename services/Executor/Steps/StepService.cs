using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Ledger;

namespace LoopBus.Executor.Steps;

/// <summary>Runs one step as it is asked for, by request or by award, and sees that its outcome gets into the message's unit of work.</summary>
internal sealed class StepService(Admission admission, StepRunner runner, StepSpending spending, EffectLedger ledger, TimeProvider time, ILogger<StepService> logger)
{
    private const string TooLate = "too-late";

    /// <param name="endBy">When nobody waits for it any more, and somebody else may have it: one that could not end by then is not begun. Null: nobody else ever has it.</param>
    public async Task<ServedStep> Run(ExecuteStep step, DateTimeOffset? endBy, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var (action, problem) = admission.Recognise(step);

        // What was begun before is settled all the same: only the ledger knows how it ended.
        if (action is not null && endBy < time.GetUtcNow() + action.Timeout && await ledger.Find(action.Key, cancellationToken) is null)
            (action, problem) = (null, new Reason(TooLate, $"{step.StepId} came when it could no longer end in time; it did not begin.", Retryable: true));

        var run = action is null ? null : await runner.Run(action, cancellationToken);
        var outcome = run?.Outcome ?? (problem!.Code == TooLate ? StepOutcome.Failed(problem) : StepOutcome.Refused(problem));
        ledger.Enlist(run?.Write is { } write ? [write] : []);

        var spent = await spending.Of(step, action, cancellationToken);
        var milliseconds = time.GetElapsedTime(began).TotalMilliseconds;
        ExecutorLog.Ended(logger, step.TaskId, step.StepId, step.Attempt, step.Tool, outcome, milliseconds);

        return new ServedStep(step with { Spent = spent }, outcome, milliseconds);
    }
}
