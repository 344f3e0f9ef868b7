using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Failures;

internal static partial class FailureLog
{
    [LoggerMessage(1, LogLevel.Error, "Dead-lettered a message of queue {Queue}: {Reason}, after {Attempts} attempts: {Exception}")]
    public static partial void DeadLettered(ILogger logger, string queue, string reason, int attempts, string exception);

    [LoggerMessage(3, LogLevel.Error, "Could not keep a dead letter, round {Rounds}; it goes to {Target}: {Exception}")]
    public static partial void DeadLetterNotKept(ILogger logger, int rounds, string target, string exception);

    [LoggerMessage(2, LogLevel.Warning, "Answered not-understood ({Code}): {Text}")]
    public static partial void NotUnderstood(ILogger logger, string code, string text);

    [LoggerMessage(4, LogLevel.Warning, "A channel did not answer within {Longest}: its connection is taken for gone")]
    public static partial void ChannelStuck(ILogger logger, TimeSpan longest);

    [LoggerMessage(5, LogLevel.Warning, "Endpoint {Endpoint} has no connection to the broker, and will try again: {Exception}")]
    public static partial void NoConnection(ILogger logger, Uri endpoint, string exception);

    [LoggerMessage(6, LogLevel.Error, "Endpoint {Endpoint} hears nothing since {Longest}, although the broker answers: it is started anew")]
    public static partial void Reviving(ILogger logger, Uri endpoint, TimeSpan longest);

    [LoggerMessage(8, LogLevel.Error, "Messages of {Runs} runs failed in queue {Queue}, more than succeeded: it is switched off, and tried with one at a time. Last: {Exception}")]
    public static partial void SwitchedOff(ILogger logger, string queue, int runs, string exception);

    [LoggerMessage(9, LogLevel.Warning, "Queue {Queue} is switched on again: a message succeeded")]
    public static partial void SwitchedOn(ILogger logger, string queue);

    [LoggerMessage(7, LogLevel.Error, "Endpoint {Endpoint} did not start anew; the next try follows")]
    public static partial void NotRevived(ILogger logger, Uri endpoint, Exception exception);
}
