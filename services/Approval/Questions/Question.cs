using LoopBus.Contracts.Execution;

namespace LoopBus.Approval.Questions;

/// <summary>One thing that people are asked to decide; its id is the conversation's.</summary>
internal sealed class Question
{
    public required Guid Id { get; init; }

    public required QuestionKind Kind { get; init; }

    public QuestionStatus Status { get; private set; } = QuestionStatus.Open;

    public required string TaskId { get; init; }

    public string? StepId { get; init; }

    public string? Loop { get; init; }

    public string? Tool { get; init; }

    public required string Title { get; init; }

    public Effect? Effect { get; init; }

    public BlastRadius? BlastRadius { get; init; }

    public required string ActionHash { get; init; }

    public required int Quorum { get; init; }

    /// <summary>The content of the asker's act, as JSON: the answer gives it back, so nothing of it is lost.</summary>
    public required string Content { get; init; }

    public Conversation Conversation { get; set; } = new(null, null, null);

    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? ClosedBecause { get; private set; }

    public int Version { get; private set; }

    public List<Vote> Votes { get; } = [];

    public int Accepted => Votes.Count(vote => vote.Accepted);

    /// <summary>JSON: the arguments that a person put in place of those it was asked with.</summary>
    public string? EditedArguments => Votes.Find(vote => vote.Edited is not null)?.Edited;

    public bool IsOpen(DateTimeOffset now) => Status == QuestionStatus.Open && now < ExpiresAt;

    /// <summary>Counts a vote: the quorum-th acceptance accepts, the first rejection rejects, the first edit closes it for an action of other arguments.</summary>
    public VoteResult Decide(Vote vote, string actionHash)
    {
        // Whose own vote closed it, as by a second click, hears that it stands.
        if (Votes.Exists(earlier => earlier.OperatorId == vote.OperatorId))
            return VoteResult.AlreadyVoted;
        if (Status != QuestionStatus.Open)
            return VoteResult.Closed;
        if (vote.At >= ExpiresAt)
            return VoteResult.Expired;
        if (!string.Equals(actionHash, ActionHash, StringComparison.Ordinal))
            return VoteResult.Changed;
        if (!vote.Accepted && vote.Edited is null && Kind != QuestionKind.Doubt && string.IsNullOrWhiteSpace(vote.Comment))
            return VoteResult.CommentMissing;

        Votes.Add(vote);
        Version++;
        if (!vote.Accepted)
            Close(vote.Edited is null ? QuestionStatus.Rejected : QuestionStatus.Edited, vote.At, vote.Comment);
        else if (Accepted >= Quorum)
            Close(QuestionStatus.Accepted, vote.At, vote.Comment);
        return VoteResult.Counted;
    }

    public void Expire(DateTimeOffset now) => Close(QuestionStatus.Expired, now, "Nobody decided in time.");

    public void Withdraw(DateTimeOffset now, string? reason) => Close(QuestionStatus.Withdrawn, now, reason);

    private void Close(QuestionStatus status, DateTimeOffset now, string? because)
    {
        Status = status;
        ClosedAt = now;
        ClosedBecause = because;
        Version++;
    }
}
