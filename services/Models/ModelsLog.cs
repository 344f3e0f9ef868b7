using Microsoft.Extensions.Logging;

namespace LoopBus.Models;

/// <summary>What is written down for operators of model calls: never a prompt, an answer or a key.</summary>
internal static partial class ModelsLog
{
    [LoggerMessage(1, LogLevel.Information, "{Endpoint} ({Model}) answered the {Role} of {TaskId}: {InputTokens} tokens in, {OutputTokens} out, {Milliseconds} ms")]
    public static partial void Answered(this ILogger logger, string endpoint, string model, string role, string taskId, long inputTokens, long outputTokens, long milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "{Endpoint} did not answer the {Role} of {TaskId}, {Next} is asked: {Problem}")]
    public static partial void FellBack(this ILogger logger, string endpoint, string role, string taskId, string next, string problem);

    [LoggerMessage(3, LogLevel.Warning, "The circuit of model endpoint {Endpoint} is {State}")]
    public static partial void CircuitChanged(this ILogger logger, string endpoint, string state);

    [LoggerMessage(4, LogLevel.Warning, "Model endpoint {Endpoint} has no InputPrice and OutputPrice: tokens are counted, US dollars are not")]
    public static partial void PriceUnknown(this ILogger logger, string endpoint);
}
