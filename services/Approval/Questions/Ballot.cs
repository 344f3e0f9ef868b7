using LoopBus.Contracts.Approval;

namespace LoopBus.Approval.Questions;

/// <summary>One person's decision as the form brings it, each part of it checked.</summary>
/// <param name="Output">JSON that stands for a lost result.</param>
/// <param name="Edited">JSON: the arguments with which the action is to be proposed anew.</param>
/// <param name="Intervention">What a stuck run gets to go on with.</param>
internal sealed record Ballot(
    Guid QuestionId,
    Guid OperatorId,
    string By,
    bool Accepted,
    string? Comment,
    string ActionHash,
    string? Output = null,
    string? Edited = null,
    Intervention? Intervention = null);
