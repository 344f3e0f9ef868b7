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
}
