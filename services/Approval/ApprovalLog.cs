using LoopBus.Approval.Questions;

namespace LoopBus.Approval;

internal static partial class ApprovalLog
{
    [LoggerMessage(1, LogLevel.Information, "Asked people ({Kind}) {Question} for {TaskId}, step {StepId}")]
    public static partial void Asked(ILogger log, QuestionKind kind, Guid question, string taskId, string? stepId);

    [LoggerMessage(2, LogLevel.Warning, "Left a proposal alone: conversation {Question} of {TaskId} asks already for another action than {ActionHash}")]
    public static partial void ConversationReused(ILogger log, Guid question, string taskId, string actionHash);

    [LoggerMessage(3, LogLevel.Warning, "Dead letter {Letter} of queue {Queue}: {Reason}")]
    public static partial void DeadLettered(ILogger log, Guid letter, string queue, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Could not redrive dead letter {Letter} to queue {Queue}: {Problem}")]
    public static partial void RedriveBounced(ILogger log, Guid letter, string queue, string problem);

    [LoggerMessage(5, LogLevel.Information, "Signs grants; who verifies them needs the public key {PublicKey}")]
    public static partial void Signs(ILogger log, string publicKey);
}
