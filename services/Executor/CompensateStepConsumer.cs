using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Compensation;
using LoopBus.Executor.Ledger;
using LoopBus.Executor.Steps;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Executor;

/// <summary>Takes a step's effect back, once however often it is asked, and informs of it or says why it failed.</summary>
internal sealed class CompensateStepConsumer(Admission admission, StepRunner runner, EffectLedger ledger, TimeProvider time, ILogger<CompensateStepConsumer> logger)
    : IConsumer<Request<CompensateStep>>
{
    public async Task Consume(ConsumeContext<Request<CompensateStep>> context)
    {
        var step = context.Message.Content;
        var began = time.GetTimestamp();
        var (action, problem) = admission.Recognise(step);

        var run = action is null ? null : await runner.Run(action, context.CancellationToken);
        var outcome = run?.Outcome ?? StepOutcome.Refused(problem!);
        ledger.Enlist(run?.Write is { } write ? [write] : []);

        ExecutorLog.Ended(logger, step.TaskId, step.StepId, step.Attempt, step.Tool, outcome, time.GetElapsedTime(began).TotalMilliseconds);

        await (outcome.End == StepEnd.Done
            ? context.Reply(new Inform<StepCompensated>(new StepCompensated(step.TaskId, step.StepId, step.Attempt, outcome.Output)))
            : context.Reply(new Failure<CompensateStep>(step, outcome.Reason!)));
    }
}
