namespace LoopBus.Approval.Questions;

/// <summary>The service asks itself, at the question's end, to close it (request).</summary>
internal sealed record ExpireQuestion(Guid QuestionId);
