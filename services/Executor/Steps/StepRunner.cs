using LoopBus.Contracts.Approval;
using LoopBus.Executor.Ledger;
using LoopBus.Executor.Tools;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Steps;

/// <summary>Runs an action so that its effect happens once, or is known to be in doubt; never guesses.</summary>
internal sealed class StepRunner(
    EffectLedger ledger,
    UncommittedOutcomes uncommitted,
    Admission admission,
    ToolCalls calls,
    ICrashPoint crash,
    IOptions<ExecutorOptions> options,
    TimeProvider time)
{
    public async Task<StepOutcome> Run(StepAction action, CancellationToken cancellationToken)
    {
        var entry = await ledger.Find(action.Key, cancellationToken);

        if (entry is { State: EffectState.Done } && entry.ActionHash == action.Hash)
            return StepOutcome.Done(entry.OutputJson, fromLedger: true);

        return action.WritesAhead ? await RunOnce(entry, action, cancellationToken) : await RunFreely(entry, action, cancellationToken);
    }

    // A second call is no second effect: two may call at once, and the one that commits later answers from the ledger.
    private async Task<StepOutcome> RunFreely(EffectEntry? entry, StepAction action, CancellationToken cancellationToken)
    {
        if (entry is { State: EffectState.Intended or EffectState.InDoubt })
            return Recollection.KeyTaken(action);

        if (await admission.Problem(action, cancellationToken) is { } problem)
            return StepOutcome.Refused(problem);

        crash.Pass("before-call");
        var outcome = (await calls.Make(action, CancellationToken.None, cancellationToken)).Known!;
        crash.Pass("after-call");

        if (outcome.End == StepEnd.Done)
            await ledger.Record(action, outcome, cancellationToken);

        return outcome;
    }

    private async Task<StepOutcome> RunOnce(EffectEntry? entry, StepAction action, CancellationToken cancellationToken)
    {
        if (entry is null)
        {
            if (await admission.Problem(action, cancellationToken) is { } problem)
                return StepOutcome.Refused(problem);

            entry = await ledger.Open(action, cancellationToken);
            crash.Pass("opened");
        }

        while (true)
        {
            if (Recollection.Of(entry, action) is { } answer)
                return answer;

            if (uncommitted.Of(entry) is { } known)
            {
                await ledger.Settle(entry.Key, entry.Fence, known, ruling: null, cancellationToken);
                return known;
            }

            var ruling = Recollection.FreshRuling(entry, action);
            await using var lease = await ledger.Claim(entry, action, ruling is { Happened: false } ? ruling : null, cancellationToken);

            if (lease is not null)
                return await Settle(entry, lease, action, ruling, cancellationToken);

            await Task.Delay(TimeSpan.FromSeconds(options.Value.BusyPollSeconds), time, cancellationToken);
            entry = await ledger.Find(action.Key, cancellationToken) ?? throw new InvalidOperationException($"The effect {action.Key} was removed from the ledger while it was claimed.");
        }
    }

    private async Task<StepOutcome> Settle(EffectEntry before, Lease lease, StepAction action, Ruling? ruling, CancellationToken cancellationToken)
    {
        crash.Pass("claimed");
        var outcome = await Resolve(before, lease, action, ruling, cancellationToken);

        uncommitted.Remember(lease.Key, lease.Fence, outcome);
        lease.Settled();
        crash.Pass("resolved");

        await ledger.Settle(lease.Key, lease.Fence, outcome, ruling, cancellationToken);
        return outcome;
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
        var run = await calls.Make(action, lease.Lost, cancellationToken);
        crash.Pass("after-call");

        if (run.Known is not null)
            return run.Known;

        // A call that was told to stop and did not may still have its effect after a probe has found nothing.
        if (action.Tool is not IProbe probe || !run.Stopped)
            return StepOutcome.InDoubt(run.Unknown!);

        return await calls.Probe(action, probe, cancellationToken) ?? StepOutcome.Failed(run.IfNot!);
    }
}
