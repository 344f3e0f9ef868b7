namespace LoopBus.Critic;

/// <summary>What the critic writes down for operators.</summary>
internal sealed partial class CriticLog(ILogger<CriticLog> logger)
{
    [LoggerMessage(1, LogLevel.Information, "Judged {Subject} of {TaskId}, attempt {Attempt}: holds {Holds}")]
    public partial void Judged(string taskId, string subject, int attempt, bool holds);

    [LoggerMessage(2, LogLevel.Warning, "No verdict on {Subject} of {TaskId}, attempt {Attempt}: {Reason}")]
    public partial void NotJudged(string taskId, string subject, int attempt, string reason);
}
