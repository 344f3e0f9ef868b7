using LoopBus.Approval.Auditing;
using LoopBus.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Questions;

/// <summary>Counts a person's decision: the vote, its audit line and the answer that it brings about are one commit.</summary>
internal sealed class DecisionDesk(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Attempts = 5;

    public async Task<VoteResult> Decide(Ballot ballot, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Each attempt sees what another person's simultaneous decision left.
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                return await Try(scope.ServiceProvider, ballot, ct);
            }
            catch (Exception exception) when (attempt < Attempts && exception is DbUpdateException or ConcurrencyConflictException)
            {
            }
        }
    }

    private async Task<VoteResult> Try(IServiceProvider services, Ballot ballot, CancellationToken ct)
    {
        var db = services.GetRequiredService<ApprovalDbContext>();
        var audit = services.GetRequiredService<Audit>();
        var question = await db.Questions.Include(found => found.Votes).SingleOrDefaultAsync(found => found.Id == ballot.QuestionId, ct);
        if (question is null)
            return VoteResult.NotFound;

        var now = clock.GetUtcNow();
        var vote = new Vote
        {
            OperatorId = ballot.OperatorId,
            By = ballot.By,
            Accepted = ballot.Accepted,
            Comment = ballot.Comment,
            Output = ballot.Output,
            Edited = ballot.Edited,
            Intervention = ballot.Intervention is { } help ? Content.Write(help) : null,
            At = now,
        };
        var result = question.Decide(vote, ballot.ActionHash);
        var subject = $"/approvals/{question.Id}";
        if (result == VoteResult.Expired)
        {
            question.Expire(now);
            audit.Add("loopbus", "expired", subject, question.Title);
        }
        else if (result == VoteResult.Counted)
        {
            audit.Add(ballot.By, Verb(ballot), subject, Detail(ballot));
        }
        else
        {
            return result;
        }

        await services.GetRequiredService<Answers>().Say(question, ct);
        await services.GetRequiredService<IUnitOfWork>().Commit(ct);
        return result;
    }

    private static string Verb(Ballot ballot) => ballot switch
    {
        { Accepted: true } => "accepted",
        { Edited: not null } => "edited",
        _ => "rejected",
    };

    private static string? Detail(Ballot ballot)
    {
        var help = ballot.Intervention;
        string?[] parts =
        [
            ballot.Comment,
            help?.Fact is { } fact ? $"fact: {fact}" : null,
            help?.Subgoal is { } subgoal ? $"subgoal: {subgoal}" : null,
            help?.Relax is { } relax ? $"relaxed: {string.Join(", ", relax)}" : null,
        ];
        var said = string.Join("\n", parts.OfType<string>());
        return said.Length == 0 ? null : said;
    }
}
