using System.Data.Common;
using System.Text;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Executor.Bidding;
using LoopBus.Executor.Ledger;
using LoopBus.Executor.Resilience;
using LoopBus.Executor.Tools;
using LoopBus.Loops.Json;
using LoopBus.Persistence.Database;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace LoopBus.Executor.Steps;

/// <summary>Calls a tool within the step's time, checks what it brings, and says plainly what is known of the effect afterwards.</summary>
internal sealed class ToolCalls(ToolPipelines pipelines, TrackRecord record, IOptions<ExecutorOptions> options, TimeProvider time, ILogger<ToolCalls> logger)
{
    public Task<ToolRun> Make(StepAction action, Lease? lease, CancellationToken stopping) =>
        record.Follow(action.Tool.Name, () => Call(action, lease, stopping), run => run.Known?.End == StepEnd.Done);

    private async Task<ToolRun> Call(StepAction action, Lease? lease, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(action.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, lease?.Lost ?? CancellationToken.None, stopping);

        try
        {
            var call = Invoke(action, lease, stop.Token);

            if (await Ended(call, deadline.Token))
                return Checked(action, await call);

            ExecutorLog.ToolDidNotStop(logger, action.Tool.Name);
            return TimedOut(action, stopped: false);
        }
        catch (OperationCanceledException exception) when (stopping.IsCancellationRequested && !deadline.IsCancellationRequested)
        {
            // This process stops: nothing is answered, and by this token the bus knows that the broker is to hand the request to another.
            throw new OperationCanceledException("The executor stops.", exception, stopping);
        }
        catch (Exception exception) when (exception is OperationCanceledException || (exception is TimeoutException && deadline.IsCancellationRequested))
        {
            return TimedOut(action, stopped: true);
        }
        catch (ToolException exception)
        {
            return Told(action, exception);
        }
        catch (BrokenCircuitException exception)
        {
            return StepOutcome.Failed(new Reason("circuit-open", $"Calls of {action.Tool.Name} to this target kept failing and are held back for a while. {exception.Message}", true));
        }
        catch (Exception exception) when (!action.WritesAhead && Causes.Of(exception).Any(cause => cause is DbException { IsTransient: true }))
        {
            // Our own database is away, which says nothing of the step: the request is tried again until it is back, as any other.
            throw;
        }
        catch (Exception exception)
        {
            ExecutorLog.ToolThrew(logger, exception, action.Tool.Name);
            var text = $"{action.Tool.Name} threw {exception.GetType().Name}: {exception.Message}";
            return action.WritesAhead ? new ToolRun(null, text) { IfNot = new Reason("tool-error", text) } : StepOutcome.Failed(new Reason("tool-error", text));
        }
    }

    /// <summary>Asks the tool whether the effect happened.</summary>
    /// <returns>Done with what the call gave, null where it did not happen, or in doubt where the tool cannot tell.</returns>
    public async Task<StepOutcome?> Probe(StepAction action, IProbe probe, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(action.Descriptor.TimeoutSeconds), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);

        try
        {
            var answer = probe.Probe(action.Call, stop.Token);
            return !await Ended(answer, deadline.Token) ? StepOutcome.InDoubt($"{action.Tool.Name} was begun, and its probe did not end.")
                : await answer is { } output ? StepOutcome.Done(output)
                : null;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            ExecutorLog.ProbeFailed(logger, exception, action.Tool.Name, action.Key);
            return StepOutcome.InDoubt($"{action.Tool.Name} was begun, and its probe could not tell how it ended: {exception.Message}");
        }
    }

    // The grace begins when the call was told to stop: a process that stood still may find both times over at once.
    private async Task<bool> Ended(Task call, CancellationToken deadline)
    {
        await call.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await call.WaitAsync(TimeSpan.FromSeconds(options.Value.StopGraceSeconds), time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.IsCompleted;
    }

    // Tools that block their thread must not block the consumer's.
    private Task<JsonElement> Invoke(StepAction action, Lease? lease, CancellationToken stop) =>
        Task.Run(
            async () => await pipelines.For(action).ExecuteAsync(
                static async (state, token) =>
                {
                    state.lease?.Require();
                    return await state.action.Tool.Invoke(state.action.Call, token);
                },
                (action, lease),
                stop),
            CancellationToken.None);

    private ToolRun Checked(StepAction action, JsonElement output)
    {
        var size = Encoding.UTF8.GetByteCount(output.GetRawText());

        if (size > options.Value.MaxOutputBytes)
            return Unfit(action, new Reason("output-too-large", $"{action.Tool.Name} gave {size} bytes; LoopBus:Executor:MaxOutputBytes allows {options.Value.MaxOutputBytes}. Ask it for less."));

        var problems = JsonSchemaCheck.Problems(action.Descriptor.Output, output);
        return problems.Count == 0
            ? StepOutcome.Done(output)
            : Unfit(action, new Reason("bad-output", $"The output of {action.Tool.Name} breaks its schema: {string.Join("; ", problems)}"));
    }

    // The effect is there, only its result is of no use: to call again would be a second effect, so a person gives the result.
    private static ToolRun Unfit(StepAction action, Reason reason) =>
        action.WritesAhead ? StepOutcome.InDoubt($"{reason.Code}: {reason.Text}") : StepOutcome.Failed(reason);

    private static ToolRun TimedOut(StepAction action, bool stopped)
    {
        var reason = new Reason("timeout", $"{action.Tool.Name} did not end within {action.Timeout.TotalSeconds:0.###} s.", Retryable: true);
        return action.WritesAhead ? new ToolRun(null, reason.Text, stopped, reason) : StepOutcome.Failed(reason);
    }

    private static ToolRun Told(StepAction action, ToolException exception)
    {
        var reason = new Reason(exception.Code, exception.Message, exception.Retryable);
        return action.WritesAhead && exception.OutcomeUnknown ? new ToolRun(null, exception.Message, IfNot: reason) : StepOutcome.Failed(reason);
    }
}
