using System.Text.Json;
using LoopBus.Contracts.Approval;
using LoopBus.Executor.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Ledger;

/// <summary>
/// What was done to the world. Intents and claims are committed at once, in transactions of their own; outcomes go into the message's unit of work.
/// </summary>
internal sealed class EffectLedger(ExecutorDbContext unit, LeaseKeeper leases, IDbContextFactory<ExecutorDbContext> contexts, IOptions<ExecutorOptions> options, TimeProvider time)
{
    public Task<EffectEntry?> Find(string key, CancellationToken cancellationToken) =>
        unit.Effects.AsNoTracking().SingleOrDefaultAsync(entry => entry.Key == key, cancellationToken);

    public Task<string[]> ToolsOf(string taskId, string stepId, string exceptKey, CancellationToken cancellationToken) =>
        unit.Effects
            .Where(entry => entry.TaskId == taskId && entry.StepId == stepId && entry.Key != exceptKey)
            .Select(entry => entry.Tool)
            .ToArrayAsync(cancellationToken);

    /// <summary>Makes sure that the effect has a row; decides nothing, the claim does.</summary>
    public async Task<EffectEntry> Open(StepAction action, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = New(action, EffectState.Intended);
        context.Add(entry);

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return entry;
        }
        catch (DbUpdateException)
        {
            // Another executor was first, or the database is at fault.
            if (await Find(action.Key, cancellationToken) is { } others)
                return others;

            throw;
        }
    }

    /// <summary>Claims the effect as it was seen: no one else settles it, or calls its tool, while the lease is kept. A ruling that lets the call be repeated is used up by it.</summary>
    /// <returns>Null where another executor has it, or it has changed meanwhile.</returns>
    public async Task<Lease?> Claim(EffectEntry seen, StepAction action, Ruling? repeat, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var fence = seen.Fence + 1;
        var (ruledBy, ruledAt) = repeat is null ? (seen.RuledBy, seen.RuledAt) : (repeat.By, Moment(repeat.At));
        var now = time.GetUtcNow();

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

        return claimed == 1 ? leases.Keep(seen.Key, fence) : null;
    }

    /// <summary>Puts the outcome of a claimed effect into the message's unit of work; its commit fails where the claim was lost.</summary>
    public async Task Settle(string key, long fence, StepOutcome outcome, Ruling? ruling, CancellationToken cancellationToken)
    {
        var entry = await unit.Effects.SingleAsync(entry => entry.Key == key, cancellationToken);

        if (entry.Fence != fence)
            throw new DbUpdateConcurrencyException($"The claim {fence} on effect {key} was lost to claim {entry.Fence}.");

        if (ruling is not null)
            (entry.RuledBy, entry.RuledAt) = (ruling.By, Moment(ruling.At));

        Write(entry, outcome);
    }

    /// <summary>Records an effect that needed no claim, in the message's unit of work.</summary>
    public async Task Record(StepAction action, StepOutcome outcome, CancellationToken cancellationToken)
    {
        var entry = await unit.Effects.SingleOrDefaultAsync(entry => entry.Key == action.Key, cancellationToken)
            ?? unit.Add(New(action, EffectState.Done)).Entity;

        entry.Attempt = action.Attempt;
        entry.ActionHash = action.Hash;
        Write(entry, outcome);
    }

    /// <summary>As exact as every database keeps a time, so that one moment stays equal to itself.</summary>
    public static DateTimeOffset Moment(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private void Write(EffectEntry entry, StepOutcome outcome)
    {
        entry.State = outcome.End switch
        {
            StepEnd.Done => EffectState.Done,
            StepEnd.InDoubt => EffectState.InDoubt,
            _ => EffectState.Failed,
        };
        entry.Output = outcome.End == StepEnd.Done ? JsonSerializer.Serialize(outcome.Output) : null;
        entry.ReasonCode = outcome.Reason?.Code;
        entry.ReasonText = outcome.Reason?.Text;
        entry.Retryable = outcome.Reason?.Retryable ?? false;
        entry.SettledAt = time.GetUtcNow();
        entry.LeasedUntil = null;
        entry.Fence++;
    }

    private EffectEntry New(StepAction action, string state) =>
        new()
        {
            Key = action.Key,
            TaskId = action.TaskId,
            StepId = action.StepId,
            Tool = action.Descriptor.Name,
            ActionHash = action.Hash,
            Attempt = action.Attempt,
            State = state,
            IntendedAt = time.GetUtcNow(),
        };
}
