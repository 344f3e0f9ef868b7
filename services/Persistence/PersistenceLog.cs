using Microsoft.Extensions.Logging;

namespace LoopBus.Persistence;

internal static partial class PersistenceLog
{
    [LoggerMessage(1, LogLevel.Warning,
        "{Count} outgoing messages stay in the outbox until {VisibleAt}, first {MessageType} to {Destination} after {Attempts} attempts")]
    public static partial void MessagesNotSent(
        this ILogger logger, Exception exception, int count, string messageType, string destination, int attempts, DateTimeOffset visibleAt);

    [LoggerMessage(2, LogLevel.Warning, "The error of {Count} unsent outbox rows was not written; they go out when their lease ends")]
    public static partial void RowsNotPostponed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(3, LogLevel.Warning, "{Count} sent outbox rows were not removed yet; trying again")]
    public static partial void RowsNotRemoved(this ILogger logger, Exception exception, int count);

    [LoggerMessage(4, LogLevel.Warning, "Message {MessageId} ({MessageType}) expired at {ExpiresAt} before it could be sent")]
    public static partial void MessageExpired(this ILogger logger, Guid? messageId, string messageType, DateTimeOffset? expiresAt);

    [LoggerMessage(5, LogLevel.Error, "The outbox could not be looked through; trying again in a second")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "Listening for other processes broke; until it is back the sweep finds what they write")]
    public static partial void ListeningBroke(this ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "Old rows could not be removed; trying again at the next interval")]
    public static partial void CleanupFailed(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "Message {MessageId} was handled before by {Queue}; only what was not sent goes out again")]
    public static partial void DuplicateSkipped(this ILogger logger, Guid? messageId, string queue);

    [LoggerMessage(9, LogLevel.Warning, "A scope ended with {Count} messages that were said and not committed: they are gone. Call IUnitOfWork.Commit")]
    public static partial void MessagesNotCommitted(this ILogger logger, int count);

    [LoggerMessage(10, LogLevel.Information, "Schema {Schema} is at {Migration}")]
    public static partial void SchemaReady(this ILogger logger, string schema, string? migration);

    [LoggerMessage(11, LogLevel.Warning, "The {Provider} database does not answer yet; trying again until {Deadline}")]
    public static partial void DatabaseNotReady(this ILogger logger, Exception exception, DatabaseProvider provider, DateTimeOffset deadline);

    [LoggerMessage(12, LogLevel.Information, "The database refused {Count} units of work in one transaction; each half is tried by itself")]
    public static partial void GroupRefused(this ILogger logger, Exception exception, int count);

    [LoggerMessage(13, LogLevel.Warning, "The publisher's connection to the broker broke; what was not confirmed stays in the outbox, and a new connection is made")]
    public static partial void PublisherBroke(this ILogger logger, Exception exception);

    [LoggerMessage(14, LogLevel.Information, "Message {MessageId} of queue {Queue} lost a race, attempt {Attempt}, and runs again: {Conflict}")]
    public static partial void LostRace(this ILogger logger, Guid? messageId, string queue, int attempt, string conflict);
}
