using System.Text.Json;

namespace LoopBus.ModelServer.Scripts;

/// <summary>One reply: what is said, how much it counts, how late it comes, or how it fails.</summary>
public sealed record Reply
{
    public string? Text { get; init; }

    /// <summary>A value that is given as text, as a model that was asked for JSON does.</summary>
    public JsonElement? Json { get; init; }

    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>Says the last message again.</summary>
    public bool Echo { get; init; }

    /// <summary>Tokens as they are to be reported; without, a quarter of the characters.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Why the model stopped; without, because it was done or calls tools.</summary>
    public Finish? Finish { get; init; }

    /// <summary>Milliseconds before anything is answered.</summary>
    public int Delay { get; init; }

    /// <summary>Milliseconds between the events of a stream.</summary>
    public int Pause { get; init; }

    /// <summary>An error, 400 to 599, with the body of the API.</summary>
    public int? Status { get; init; }

    /// <summary>The text of the error, where it is not the usual one.</summary>
    public string? Message { get; init; }

    /// <summary>The code of the error (OpenAI) or its type (Anthropic), where it is not the usual one.</summary>
    public string? Code { get; init; }

    /// <summary>Seconds that the header Retry-After says.</summary>
    public int? RetryAfter { get; init; }

    public Broken? Broken { get; init; }

    /// <summary>Never answers; the call is cut off when the client gives up, or at the server's limit.</summary>
    public bool Hang { get; init; }

    public static implicit operator Reply(string text) => FromString(text);

    public static Reply FromString(string text) => new() { Text = text };

    public static Reply OfJson(object value) => new() { Json = JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web) };

    public static Reply Calling(string tool, object arguments) => new() { ToolCalls = [ToolCall.Of(tool, arguments)] };

    public static Reply Failing(int status, int? retryAfter = null) => new() { Status = status, RetryAfter = retryAfter };
}
