using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Executor.Steps;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Ledger;

/// <summary>
/// What was done to the world. Intents and claims are committed at once, in transactions of their own; a message's last outcome goes into its unit of work.
/// </summary>
internal sealed class EffectLedger(
    Lazy<ExecutorDbContext> effects,
    IRows rows,
    IUnitOfWork unit,
    LeaseKeeper leases,
    IDbContextFactory<ExecutorDbContext> contexts,
    DatabaseTime database,
    IOptions<ExecutorOptions> options,
    TimeProvider time)
{
    public Task<EffectEntry?> Find(string key, CancellationToken cancellationToken) =>
        rows.Find<EffectEntry>(key, cancellationToken);

    public async Task<Dictionary<string, EffectEntry>> Find(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(keys.Select(key => Find(key, cancellationToken)));

        return found.OfType<EffectEntry>().ToDictionary(entry => entry.Key);
    }

    public Task<string[]> ToolsOf(string taskId, string stepId, string exceptKey, CancellationToken cancellationToken) =>
        effects.Value.Effects
            .Where(entry => entry.TaskId == taskId && entry.StepId == stepId && entry.Key != exceptKey)
            .Select(entry => entry.Tool)
            .ToArrayAsync(cancellationToken);

    /// <summary>Whether no further step of a segment may begin.</summary>
    public async Task<bool> IsHalted(Guid? conversation, CancellationToken cancellationToken) =>
        conversation is { } id && await rows.Find<SegmentHalt>(id, cancellationToken) is not null;

    /// <summary>The row that says, before a call, that it may be made: claimed with a lease where a second call would be a second effect.</summary>
    public async ValueTask<EffectWrite> Intent(StepAction action, EffectEntry? left, CancellationToken cancellationToken)
    {
        var row = New(action, EffectState.Intended, time.GetUtcNow(), time.GetTimestamp());
        row.Fence = 1 + (left?.Fence ?? 0);
        if (action.WritesAhead)
            row.LeasedUntil = await database.Now(cancellationToken) + TimeSpan.FromSeconds(options.Value.LeaseSeconds);

        return new EffectWrite(row, left?.Fence);
    }

    /// <summary>Claims the effect as it was seen: no one else settles it, or calls its tool, while the lease is kept. A ruling that lets the call be repeated is used up by it.</summary>
    /// <returns>Null where another executor has it, or it has changed meanwhile.</returns>
    public async Task<Lease?> Claim(EffectEntry seen, StepAction action, Ruling? repeat, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var fence = seen.Fence + 1;
        var (ruledBy, ruledAt) = repeat is null ? (seen.RuledBy, seen.RuledAt) : (repeat.By, Moment(repeat.At));
        var (now, timestamp) = (time.GetUtcNow(), time.GetTimestamp());

        var claimed = await context.Effects
            .Where(entry => entry.Key == seen.Key && entry.Fence == seen.Fence)
            .Where(DatabaseClock.LeaseIsOver)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(entry => entry.State, EffectState.Intended)
                    .SetProperty(entry => entry.Fence, fence)
                    .SetProperty(entry => entry.LeasedUntil, DatabaseClock.In(options.Value.LeaseSeconds))
                    .SetProperty(entry => entry.Attempt, action.Attempt)
                    .SetProperty(entry => entry.ActionHash, action.Hash)
                    .SetProperty(entry => entry.RuledBy, ruledBy)
                    .SetProperty(entry => entry.RuledAt, ruledAt)
                    .SetProperty(entry => entry.IntendedAt, now),
                cancellationToken);

        if (claimed == 0)
            return null;

        var row = New(action, EffectState.Intended, now, timestamp);
        (row.Fence, row.RuledBy, row.RuledAt) = (fence, ruledBy, ruledAt);
        return leases.Keep(row);
    }

    /// <summary>The row of an effect as it ended; written, it fails where the claim was lost.</summary>
    public EffectWrite Outcome(EffectEntry row, StepOutcome outcome, Ruling? ruling = null)
    {
        var seen = row.Fence;
        if (ruling is not null)
            (row.RuledBy, row.RuledAt) = (ruling.By, Moment(ruling.At));

        Settle(row, outcome);
        return new EffectWrite(row, seen);
    }

    /// <summary>The row of an effect that needed no claim.</summary>
    public EffectWrite Outcome(StepAction action, EffectEntry? known, DateTimeOffset began, StepOutcome outcome)
    {
        var row = New(action, EffectState.Done, began, time.GetTimestamp());
        row.Fence = known?.Fence ?? 0;
        Settle(row, outcome);

        return new EffectWrite(row, known?.Fence);
    }

    /// <summary>The row of a step that was left before its call: attempt 0 surely did not happen, and whoever else would begin it now finds the row changed.</summary>
    public EffectWrite Left(StepAction action, EffectEntry? known)
    {
        var write = Outcome(action, known, time.GetUtcNow(), StepOutcome.Failed(new Reason("left", "Its segment ended before it.")));
        write.Row.Attempt = 0;

        return write;
    }

    /// <summary>Puts rows into the message's unit of work; its commit fails where another executor wrote them first.</summary>
    public void Enlist(IEnumerable<EffectWrite> writes)
    {
        foreach (var write in writes)
            write.AddTo(unit);
    }

    /// <summary>As exact as every database keeps a time, so that one moment stays equal to itself.</summary>
    public static DateTimeOffset Moment(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private void Settle(EffectEntry entry, StepOutcome outcome)
    {
        entry.State = outcome.End switch
        {
            StepEnd.Done => EffectState.Done,
            StepEnd.InDoubt => EffectState.InDoubt,
            _ => EffectState.Failed,
        };
        entry.Output = outcome.End == StepEnd.Done ? outcome.Output.GetRawText() : null;
        entry.ReasonCode = outcome.Reason?.Code;
        entry.ReasonText = outcome.Reason?.Text;
        entry.Retryable = outcome.Reason?.Retryable ?? false;
        entry.SettledAt = time.GetUtcNow();
        entry.LeasedUntil = null;
        entry.Fence++;
    }

    private static EffectEntry New(StepAction action, string state, DateTimeOffset at, long timestamp) =>
        new()
        {
            Key = action.Key,
            TaskId = action.TaskId,
            StepId = action.StepId,
            Tool = action.Descriptor.Name,
            ActionHash = action.Hash,
            Attempt = action.Attempt,
            State = state,
            IntendedAt = at,
            MadeAt = timestamp,
        };
}
