using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Ledger;
using LoopBus.Loops.Templates;
using LoopBus.Persistence;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Steps;

/// <summary>
/// Runs the steps of a segment one after another, each as if it were asked alone. Between two of them one commit keeps what the one brought and, where the
/// next acts on the world, that it may have begun; what the last one brought is kept with the answer.
/// </summary>
internal sealed class SegmentRunner(
    EffectLedger ledger, LedgerCommits commits, Admission admission, StepRunner runner, ICrashPoint crash, IOptions<ExecutorOptions> options, TimeProvider time)
{
    /// <returns>A report for each step that was begun, or refused; those after them are left.</returns>
    public async Task<IReadOnlyList<StepReport>> Run(ExecuteSegment segment, Guid? conversation, CancellationToken cancellationToken)
    {
        var known = await ledger.Find(segment.Steps.Select(step => step.IdempotencyKey).Distinct(), cancellationToken);
        var burst = new Burst(time, TimeSpan.FromSeconds(segment.BurstSeconds), options.Value.MaxOutputBytes);
        var outputs = Outputs(segment);
        var scope = new TemplateScope(segment.TaskId, segment.Input) { Steps = outputs };
        var reports = new List<StepReport>();
        var unkept = new List<EffectWrite>();

        foreach (var (index, step) in segment.Steps.Index())
        {
            var row = known.GetValueOrDefault(step.IdempotencyKey);
            var (action, problem) = admission.Recognise(segment, step, scope);
            // The first step is asked for, and what was begun before is to be settled: only what is new can be left.
            var isNew = index > 0 && row is null or { IsLeft: true };
            var run = action is null ? StepRun.Refused(problem!, time.GetUtcNow())
                : isNew ? await Begin(action, row, conversation, burst, unkept, cancellationToken)
                : await Settle(action, row, unkept, cancellationToken);

            if (run is null)
                break;
            if (run.Write is not null)
                unkept.Add(run.Write);

            reports.Add(Report(step, action, run));
            if (run.Outcome.End != StepEnd.Done)
                break;

            outputs[step.StepId] = run.Outcome.Output;
            burst.Brought(run.Outcome.Output);
        }

        ledger.Enlist(unkept);
        return reports;
    }

    private async Task<StepRun> Settle(StepAction action, EffectEntry? row, List<EffectWrite> unkept, CancellationToken cancellationToken)
    {
        await Keep(unkept, cancellationToken);
        return await runner.Run(action, row, cancellationToken);
    }

    /// <returns>Null where the step is left.</returns>
    private async Task<StepRun?> Begin(
        StepAction action, EffectEntry? row, Guid? conversation, Burst burst, List<EffectWrite> unkept, CancellationToken cancellationToken)
    {
        if (burst.IsOver)
        {
            unkept.Add(ledger.Left(action, row));
            return null;
        }

        if (await admission.Problem(action, cancellationToken) is { } problem)
            return StepRun.Refused(problem, time.GetUtcNow());

        // At once: a cancel that comes between the two comes while the step begins, and is seen before the next.
        var halted = ledger.IsHalted(conversation, cancellationToken);

        // An intent that nobody has claimed is carried out by whoever finds it, so it is kept only where it holds.
        if (action is { Acts: true, WritesAhead: false } && await halted)
        {
            unkept.Add(ledger.Left(action, row));
            return null;
        }

        if (action.Acts)
        {
            var intent = await ledger.Intent(action, row, cancellationToken);
            unkept.Add(intent);
            row = intent.Row;
        }

        await Task.WhenAll(halted, Keep(unkept, cancellationToken));
        crash.Pass("kept");

        if (!await halted)
            return await runner.Begin(action, row, cancellationToken);

        unkept.Add(ledger.Left(action, row));
        return null;
    }

    private async Task Keep(List<EffectWrite> unkept, CancellationToken cancellationToken)
    {
        if (unkept.Count > 0 && !await commits.Commit(unkept, cancellationToken))
            throw new ConcurrencyConflictException($"Another executor is at {unkept[^1].Row.StepId} of {unkept[^1].Row.TaskId}.");

        unkept.Clear();
    }

    private static Dictionary<string, JsonElement> Outputs(ExecuteSegment segment) =>
        segment.Outputs.ValueKind == JsonValueKind.Object
            ? segment.Outputs.EnumerateObject().ToDictionary(output => output.Name, output => output.Value, StringComparer.Ordinal)
            : [];

    private static StepReport Report(SegmentStep step, StepAction? action, StepRun run) => new(
        step.StepId,
        step.Attempt,
        run.Outcome.End switch
        {
            StepEnd.Done => Performative.Inform,
            StepEnd.Refused => Performative.Refuse,
            _ => Performative.Failure,
        },
        action?.Hash,
        run.Outcome.End == StepEnd.Done ? run.Outcome.Output : null,
        run.Outcome.Reason,
        run.StartedAt,
        run.EndedAt,
        run.Outcome.FromLedger);
}
