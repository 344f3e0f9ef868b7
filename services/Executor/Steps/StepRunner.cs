using LoopBus.Contracts.Approval;
using LoopBus.Executor.Ledger;
using LoopBus.Executor.Tools;
using LoopBus.Persistence;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Steps;

/// <summary>Runs an action so that its effect happens once, or is known to be in doubt; never guesses. Whoever asked it to sees that the outcome gets into the ledger.</summary>
internal sealed class StepRunner(
    EffectLedger ledger,
    LedgerCommits commits,
    LeaseKeeper leases,
    UncommittedOutcomes uncommitted,
    Admission admission,
    ToolCalls calls,
    ICrashPoint crash,
    IOptions<ExecutorOptions> options,
    TimeProvider time)
{
    public async Task<StepRun> Run(StepAction action, CancellationToken cancellationToken) =>
        await Run(action, await ledger.Find(action.Key, cancellationToken), cancellationToken);

    /// <summary>Runs an action of which the ledger knows this, or nothing.</summary>
    public async Task<StepRun> Run(StepAction action, EffectEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is { State: EffectState.Done } && entry.ActionHash == action.Hash)
            return StepRun.Known(entry, StepOutcome.Done(entry.OutputJson, fromLedger: true));

        return action.WritesAhead ? await RunOnce(entry, action, cancellationToken) : await RunFreely(entry, action, cancellationToken);
    }

    /// <summary>Calls the tool of an admitted action; where a second call would be a second effect, its row is the intent that has just been committed.</summary>
    public async Task<StepRun> Begin(StepAction action, EffectEntry? row, CancellationToken cancellationToken)
    {
        if (!action.WritesAhead)
            return await CallFreely(row, action, cancellationToken);

        await using var lease = leases.Keep(row!);
        crash.Pass("claimed");
        var began = time.GetUtcNow();

        return Settled(lease, began, await Make(lease, action, cancellationToken), ruling: null);
    }

    // A second call is no second effect: two may call at once, and the one that commits later answers from the ledger.
    private async Task<StepRun> RunFreely(EffectEntry? entry, StepAction action, CancellationToken cancellationToken)
    {
        if (entry is { State: EffectState.InDoubt } || (entry is { State: EffectState.Intended } && entry.ActionHash != action.Hash))
            return StepRun.Refused(Recollection.KeyTaken(action).Reason!, time.GetUtcNow());

        return await admission.Problem(action, cancellationToken) is { } problem
            ? StepRun.Refused(problem, time.GetUtcNow())
            : await CallFreely(entry, action, cancellationToken);
    }

    private async Task<StepRun> CallFreely(EffectEntry? entry, StepAction action, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        crash.Pass("before-call");
        var outcome = (await calls.Make(action, lease: null, cancellationToken)).Known!;
        crash.Pass("after-call");

        return new StepRun(outcome, began, time.GetUtcNow(), ledger.Outcome(action, entry, began, outcome));
    }

    private async Task<StepRun> RunOnce(EffectEntry? entry, StepAction action, CancellationToken cancellationToken)
    {
        if (entry is null)
        {
            if (await admission.Problem(action, cancellationToken) is { } problem)
                return StepRun.Refused(problem, time.GetUtcNow());

            crash.Pass("unclaimed");
            var intent = await ledger.Intent(action, left: null, cancellationToken);

            if (await commits.Commit([intent], cancellationToken))
                return await Begin(action, intent.Row, cancellationToken);

            entry = await Found(action, cancellationToken);
        }

        while (true)
        {
            if (Recollection.Of(entry, action) is { } answer)
                return StepRun.Known(entry, answer);

            if (uncommitted.Of(entry) is { } known)
                return new StepRun(known, entry.IntendedAt, time.GetUtcNow(), ledger.Outcome(entry, known));

            var ruling = Recollection.FreshRuling(entry, action);
            await using var lease = await ledger.Claim(entry, action, ruling is { Happened: false } ? ruling : null, cancellationToken);

            if (lease is not null)
            {
                crash.Pass("claimed");
                var began = time.GetUtcNow();

                return Settled(lease, began, await Resolve(entry, lease, action, ruling, cancellationToken), ruling);
            }

            await Task.Delay(TimeSpan.FromSeconds(options.Value.BusyPollSeconds), time, cancellationToken);
            entry = await Found(action, cancellationToken);

            // Whoever had it has answered that it never began: whether it may begin is asked from the start.
            if (entry.IsLeft)
                throw new ConcurrencyConflictException($"{action.StepId} of {action.TaskId} was left by the executor that was at it.");
        }
    }

    private async Task<EffectEntry> Found(StepAction action, CancellationToken cancellationToken) =>
        await ledger.Find(action.Key, cancellationToken)
        ?? throw new InvalidOperationException($"The effect {action.Key} was removed from the ledger while it was claimed.");

    private StepRun Settled(Lease lease, DateTimeOffset began, StepOutcome outcome, Ruling? ruling)
    {
        uncommitted.Remember(lease.Key, lease.Fence, outcome);
        lease.Settled();
        crash.Pass("resolved");

        return new StepRun(outcome, began, time.GetUtcNow(), ledger.Outcome(lease.Row, outcome, ruling));
    }

    private async Task<StepOutcome> Resolve(EffectEntry before, Lease lease, StepAction action, Ruling? ruling, CancellationToken cancellationToken)
    {
        if (ruling is { Happened: true })
            return Recollection.Ruled(action, ruling);

        if (ruling is null && Recollection.MayHaveHappened(before))
        {
            if (action.Tool is not IProbe probe)
                return StepOutcome.InDoubt($"{action.Tool.Name} was begun at {before.IntendedAt:O}, and nothing is known of how it ended.");

            if (await calls.Probe(action, probe, cancellationToken) is { } found)
                return found;
        }

        if (await admission.Problem(action, cancellationToken) is { } problem)
            return StepOutcome.Refused(problem);

        return await Make(lease, action, cancellationToken);
    }

    private async Task<StepOutcome> Make(Lease lease, StepAction action, CancellationToken cancellationToken)
    {
        crash.Pass("before-call");
        var run = await calls.Make(action, lease, cancellationToken);
        crash.Pass("after-call");

        if (run.Known is not null)
            return run.Known;

        // A call that was told to stop and did not may still have its effect after a probe has found nothing.
        if (action.Tool is not IProbe probe || !run.Stopped)
            return StepOutcome.InDoubt(run.Unknown!);

        return await calls.Probe(action, probe, cancellationToken) ?? StepOutcome.Failed(run.IfNot!);
    }
}
