using System.Text.Json;
using LoopBus.Contracts.Critique;
using LoopBus.Loops;
using LoopBus.Persistence;

namespace LoopBus.Critic;

/// <summary>Keeps every verdict: a question is judged once, and answered as often as it is asked.</summary>
internal sealed class VerdictJournal(IRows rows, IUnitOfWork unit, ICritic critic, TimeProvider time)
{
    /// <exception cref="KeyReusedException">The same key came with another question before.</exception>
    /// <exception cref="CritiqueException">It cannot be known now; nothing is kept.</exception>
    public async Task<Verdict> Answer(ResultHolds asked, CancellationToken cancellationToken)
    {
        var key = IdempotencyKey.For(asked.TaskId, asked.Subject, $"judge-{asked.Attempt}");
        var question = Fingerprint.Of(asked);

        if (await rows.Find<VerdictEntry>(key, cancellationToken) is { } known)
            return known.Question == question ? known.Verdict() : throw new KeyReusedException(asked);

        var verdict = await critic.Judge(asked, cancellationToken);
        unit.Insert(new VerdictEntry
        {
            Key = key,
            TaskId = asked.TaskId,
            Subject = asked.Subject,
            Attempt = asked.Attempt,
            Question = question,
            Holds = verdict.Holds,
            Answer = JsonSerializer.Serialize(verdict),
            JudgedAt = time.GetUtcNow(),
        });

        return verdict;
    }
}
