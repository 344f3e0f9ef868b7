using LoopBus.Approval.Auditing;
using LoopBus.Contracts.Acts;
using LoopBus.Hosting;
using LoopBus.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.DeadLetters;

/// <summary>Takes a person's decision on dead letters: the decision and its audit line are committed, then the broker's part follows as a message.</summary>
internal sealed class DeadLetterDesk(ApprovalDbContext db, IPublishEndpoint publish, IUnitOfWork work, Audit audit, TimeProvider clock)
{
    public const int MostReason = 4000;

    /// <returns>False where another decision came first.</returns>
    public Task<bool> Redrive(Guid id, string by, byte[]? editedBody, CancellationToken ct) =>
        Decide(id, letter => letter.Redrive(by, clock.GetUtcNow(), editedBody), by, editedBody is null ? "redrive-asked" : "redrive-edited-asked", null, ct);

    public Task<bool> Discard(Guid id, string by, string reason, CancellationToken ct) =>
        Decide(id, letter => letter.Discard(by, clock.GetUtcNow(), reason.Trim()), by, "discarded", reason.Trim(), ct);

    /// <summary>What is wrong with a reason to discard; null where it is one.</summary>
    public static string? Problem(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > MostReason ? $"Say why it is discarded, in at most {MostReason} characters: the audit keeps it." : null;

    private async Task<bool> Decide(Guid id, Func<DeadLetter, bool> decide, string by, string what, string? detail, CancellationToken ct)
    {
        var letter = await db.DeadLetters.FindAsync([id], ct);
        if (letter is null || !decide(letter))
            return false;

        audit.Add(by, what, $"/dead-letters/{id}", detail ?? $"To queue {letter.Queue}.");
        await publish.Say(new Request<SettleDeadLetter>(new SettleDeadLetter(id)), new AclParameters { Receiver = "approval" }, ct);
        try
        {
            await work.Commit(ct);
            return true;
        }
        catch (Exception lost) when (lost is DbUpdateConcurrencyException or ConcurrencyConflictException)
        {
            return false;
        }
    }
}
