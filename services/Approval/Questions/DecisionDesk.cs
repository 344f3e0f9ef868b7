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
        var comment = string.IsNullOrWhiteSpace(ballot.Comment) ? null : ballot.Comment.Trim();
        var vote = new Vote
        {
            OperatorId = ballot.OperatorId, By = ballot.By, Accepted = ballot.Accepted, Comment = comment, Output = ballot.Output, At = now,
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
            audit.Add(ballot.By, ballot.Accepted ? "accepted" : "rejected", subject, comment);
        }
        else
        {
            return result;
        }

        await services.GetRequiredService<Answers>().Say(question, ct);
        await services.GetRequiredService<IUnitOfWork>().Commit(ct);
        return result;
    }
}
