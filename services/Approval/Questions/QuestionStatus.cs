namespace LoopBus.Approval.Questions;

/// <summary>How a question stands; each but Open is final.</summary>
internal enum QuestionStatus
{
    Open,
    Accepted,
    Rejected,
    Edited,
    Expired,
    Withdrawn,
}
