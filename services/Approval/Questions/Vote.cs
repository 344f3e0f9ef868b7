namespace LoopBus.Approval.Questions;

/// <summary>What one operator decided of one question; at most one each.</summary>
internal sealed class Vote
{
    public long Id { get; private set; }

    public Guid QuestionId { get; private set; }

    public required Guid OperatorId { get; init; }

    public required string By { get; init; }

    public required bool Accepted { get; init; }

    public string? Comment { get; init; }

    /// <summary>JSON that stands for the lost result of an effect in doubt.</summary>
    public string? Output { get; init; }

    /// <summary>JSON: the arguments with which the action is proposed anew.</summary>
    public string? Edited { get; init; }

    /// <summary>JSON: what a stuck run got to go on with.</summary>
    public string? Intervention { get; init; }

    public required DateTimeOffset At { get; init; }
}
