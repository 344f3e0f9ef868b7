namespace LoopBus.Coordinator;

internal static partial class CoordinatorLog
{
    [LoggerMessage(1, LogLevel.Information, "Run {TaskId} began: {Loop}@{Version}")]
    public static partial void RunBegan(this ILogger log, string taskId, string loop, string version);

    [LoggerMessage(2, LogLevel.Information, "Run {TaskId} ended {Status}: {Reason}")]
    public static partial void RunEnded(this ILogger log, string taskId, string status, string reason);

    [LoggerMessage(3, LogLevel.Information, "Run {TaskId}: late {Performative} about {Subject} in conversation {ConversationId} left aside")]
    public static partial void LateAnswer(this ILogger log, string taskId, string performative, string subject, Guid conversationId);

    [LoggerMessage(4, LogLevel.Warning, "Run {TaskId}: {Performative} not understood ({Code}): {Text}")]
    public static partial void NotUnderstood(this ILogger log, string taskId, string performative, string code, string text);

    [LoggerMessage(5, LogLevel.Warning, "Run {TaskId}: no answer about {Subject} in conversation {ConversationId} in time")]
    public static partial void AnswerMissing(this ILogger log, string taskId, string subject, Guid conversationId);

    [LoggerMessage(6, LogLevel.Information, "Loop {Name}@{Version} loaded, hash {Hash}")]
    public static partial void LoopLoaded(this ILogger log, string name, string version, string hash);

    [LoggerMessage(7, LogLevel.Error, "Loop file refused: {Problem}")]
    public static partial void LoopRefused(this ILogger log, string problem);

    [LoggerMessage(8, LogLevel.Warning, "Trigger {Performative} ({Code}): {Text}")]
    public static partial void TriggerAnswered(this ILogger log, string performative, string code, string text);

    [LoggerMessage(9, LogLevel.Warning, "New runs are refused: {Why}")]
    public static partial void Overloaded(this ILogger log, string why);

    [LoggerMessage(10, LogLevel.Information, "New runs are taken again")]
    public static partial void NotOverloaded(this ILogger log);

    [LoggerMessage(11, LogLevel.Warning, "The load was not measured: {Problem}")]
    public static partial void LoadNotMeasured(this ILogger log, string problem);

    [LoggerMessage(12, LogLevel.Information, "The history's month {Month} was made")]
    public static partial void MonthMade(this ILogger log, string month);

    [LoggerMessage(13, LogLevel.Warning, "The history's months were not made; acts of a month that is missing go to run_history_default. Trying again in an hour at the latest")]
    public static partial void MonthsNotMade(this ILogger log, Exception exception);

    [LoggerMessage(14, LogLevel.Information, "The history's month {Month} was removed: no run of it is kept any more")]
    public static partial void MonthDropped(this ILogger log, string month);

    [LoggerMessage(15, LogLevel.Information, "The history's month {Month} was not removed, for somebody used it; trying again at the next interval")]
    public static partial void MonthInUse(this ILogger log, Exception exception, string month);

    [LoggerMessage(16, LogLevel.Warning, "Run {TaskId} has used up {Iteration} of its {Most} iterations")]
    public static partial void IterationsNearlyUsedUp(this ILogger log, string taskId, int iteration, int most);

    [LoggerMessage(30, LogLevel.Information, "Run {TaskId} was due by its loop's schedule")]
    public static partial void ScheduledRunBegun(this ILogger log, string taskId);

    [LoggerMessage(31, LogLevel.Warning, "Runs that are due by a schedule have to wait; trying again")]
    public static partial void ScheduleHeldUp(this ILogger log, Exception exception);

    [LoggerMessage(40, LogLevel.Warning, "The budgets were not read: {Problem}")]
    public static partial void BudgetsNotRead(this ILogger log, string problem);

    [LoggerMessage(41, LogLevel.Warning, "The budget of {Scope} was used up on {Days} days in a row: think the loop over, or its budget. Today {Standing}")]
    public static partial void BudgetFlagged(this ILogger log, string scope, int days, string standing);

    [LoggerMessage(42, LogLevel.Warning, "Run {TaskId} is not begun ({Code}): {Text}")]
    public static partial void NotBegun(this ILogger log, string taskId, string code, string text);
}
