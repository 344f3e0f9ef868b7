using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Ledger;
using LoopBus.Executor.Steps;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Executor;

/// <summary>Runs a step, and informs of its result, refuses it, or says why it failed.</summary>
internal sealed class ExecuteStepConsumer(Admission admission, StepRunner runner, EffectLedger ledger, TimeProvider time, ILogger<ExecuteStepConsumer> logger)
    : IConsumer<Request<ExecuteStep>>
{
    public async Task Consume(ConsumeContext<Request<ExecuteStep>> context)
    {
        var step = context.Message.Content;
        var began = time.GetTimestamp();
        var (action, problem) = admission.Recognise(step);

        var run = action is null ? null : await runner.Run(action, context.CancellationToken);
        var outcome = run?.Outcome ?? StepOutcome.Refused(problem!);
        ledger.Enlist(run?.Write is { } write ? [write] : []);

        var milliseconds = time.GetElapsedTime(began).TotalMilliseconds;
        ExecutorLog.Ended(logger, step.TaskId, step.StepId, step.Attempt, step.Tool, outcome, milliseconds);

        await (outcome.End switch
        {
            StepEnd.Done => context.Reply(new Inform<StepResult>(
                new StepResult(step.TaskId, step.StepId, step.Attempt, outcome.Output, milliseconds, outcome.FromLedger))),
            StepEnd.Refused => context.Reply(new Refuse<ExecuteStep>(step, outcome.Reason!)),
            _ => context.Reply(new Failure<ExecuteStep>(step, outcome.Reason!)),
        });
    }
}
