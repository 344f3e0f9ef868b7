namespace LoopBus.Planner;

/// <summary>What the planner writes down for operators.</summary>
internal sealed partial class PlannerLog(ILogger<PlannerLog> logger)
{
    [LoggerMessage(1, LogLevel.Information, "Proposed {Steps} steps for {TaskId}, attempt {Attempt}")]
    public partial void Proposed(string taskId, int attempt, int steps);

    [LoggerMessage(2, LogLevel.Warning, "Refused to plan {TaskId}, attempt {Attempt}: {Code}, {Reason}")]
    public partial void Refused(string taskId, int attempt, string code, string reason);

    [LoggerMessage(3, LogLevel.Information, "The plan of {TaskId}, attempt {Attempt}, was {Answer}")]
    public partial void Answered(string taskId, int attempt, string answer);

    [LoggerMessage(4, LogLevel.Warning, "The plan of {TaskId}, attempt {Attempt}, was {Answer}, and was never proposed here")]
    public partial void AnsweredUnasked(string taskId, int attempt, string answer);

    [LoggerMessage(5, LogLevel.Warning, "The model of {TaskId}, attempt {Attempt}, named {Count} facts that their sources do not say; they are dropped")]
    public partial void Unfounded(string taskId, int attempt, int count);

    [LoggerMessage(6, LogLevel.Warning, "Nobody summed up the older turns of {TaskId}, attempt {Attempt}; they are told in a line each: {Code}, {Reason}")]
    public partial void NotSummedUp(string taskId, int attempt, string code, string reason);

    [LoggerMessage(7, LogLevel.Information, "The debate of {TaskId}, attempt {Attempt}, was won by {Winner}: {Account}")]
    public partial void Debated(string taskId, int attempt, string winner, string account);

    [LoggerMessage(8, LogLevel.Warning, "In the debate of {TaskId}, attempt {Attempt}, what {Who} answered cannot be used: {Problem}")]
    public partial void Unreadable(string taskId, int attempt, string who, string problem);

    [LoggerMessage(9, LogLevel.Information, "Remembered of {TaskId} in {Scope}: {Memories}, of which {Known} were known")]
    public partial void Remembered(string taskId, string scope, int memories, int known);

    [LoggerMessage(10, LogLevel.Warning, "Memories of {TaskId} are found by words only, no vector was made: {Code}, {Reason}")]
    public partial void NotEmbedded(string taskId, string code, string reason);
}
