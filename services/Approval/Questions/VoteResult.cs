namespace LoopBus.Approval.Questions;

/// <summary>What became of a vote: counted, or why not.</summary>
internal enum VoteResult
{
    Counted,
    NotFound,
    Closed,
    Expired,
    Changed,
    AlreadyVoted,
    CommentMissing,
}
