using System.Text.Json;
using System.Text.Json.Nodes;
using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Wire;

/// <summary>OpenAI's chat completions.</summary>
internal sealed class OpenAiDialect : IDialect
{
    public static OpenAiDialect Instance { get; } = new();

    public string RequestIdHeader => "x-request-id";

    public Prompt Read(IHeaderDictionary headers, JsonElement body)
    {
        var model = body.TextOf("model") ?? throw new FaultException(new Fault(400, "you must provide a model parameter"));
        if (body.Member("messages").ValueKind != JsonValueKind.Array)
            throw new FaultException(new Fault(400, "Missing required parameter: 'messages'.", "missing_required_parameter", "messages"));
        return new Prompt
        {
            Model = model,
            Stream = body.Is("stream"),
            Messages = [.. body.Items("messages").Select(MessageOf)],
            Tools = [.. body.Items("tools").Select(tool => tool.Member("function").TextOf("name")).OfType<string>()],
        };
    }

    public JsonObject Whole(Answer answer)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.ToolCalls.Count > 0 && answer.Text.Length == 0 ? null : answer.Text, ["refusal"] = null };
        if (answer.ToolCalls.Count > 0)
            message["tool_calls"] = new JsonArray([.. answer.ToolCalls.Select((call, index) => ToolCallOf(answer, call, index, call.ArgumentText))]);
        return new JsonObject
        {
            ["id"] = IdOf(answer),
            ["object"] = "chat.completion",
            ["created"] = answer.At.ToUnixTimeSeconds(),
            ["model"] = answer.Model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = FinishOf(answer) }),
            ["usage"] = UsageOf(answer.Usage),
        };
    }

    public IEnumerable<StreamEvent> Stream(Answer answer)
    {
        yield return Chunk(answer, new JsonObject { ["role"] = "assistant", ["content"] = "" });
        foreach (var piece in Answer.Pieces(answer.Text))
            yield return Chunk(answer, new JsonObject { ["content"] = piece });
        foreach (var (call, index) in answer.ToolCalls.Select((call, index) => (call, index)))
        {
            var start = ToolCallOf(answer, call, index, arguments: "");
            start["index"] = index;
            yield return Chunk(answer, Calling(start));
            foreach (var piece in Answer.Pieces(call.ArgumentText))
                yield return Chunk(answer, Calling(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = piece } }));
        }

        yield return Chunk(answer, [], FinishOf(answer));
        // the API counts only where stream_options ask for it; every SDK asks
        yield return new StreamEvent(Name: null, ChunkOf(answer, [], UsageOf(answer.Usage)).ToJsonString());
        yield return new StreamEvent(Name: null, "[DONE]");
    }

    public JsonObject Refusal(Fault fault, string requestId) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = fault.Message ?? UsualMessage(fault.Status),
            ["type"] = fault.Status switch
            {
                >= 500 => "server_error",
                429 => fault.Code == "insufficient_quota" ? "insufficient_quota" : "requests",
                _ => "invalid_request_error",
            },
            ["param"] = fault.Parameter,
            ["code"] = fault.Code ?? fault.Status switch
            {
                401 => "invalid_api_key",
                404 => "model_not_found",
                429 => "rate_limit_exceeded",
                _ => null,
            },
        },
    };

    private static string UsualMessage(int status) => status switch
    {
        401 => "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.",
        404 => "The model does not exist or you do not have access to it.",
        429 => "Rate limit reached for requests. Please try again later.",
        503 => "The engine is currently overloaded, please try again later.",
        >= 500 => "The server had an error while processing your request. Sorry about that!",
        _ => "The request is not valid.",
    };

    private static Message MessageOf(JsonElement message)
    {
        var calls = message.Items("tool_calls")
            .Select(call => call.Member("function"))
            .Select(function => $"{function.TextOf("name")}({function.TextOf("arguments")})");
        return new Message(message.TextOf("role") ?? "", string.Join('\n', message.Texts("content").Concat(calls)));
    }

    private static StreamEvent Chunk(Answer answer, JsonObject delta, string? finish = null) => new(
        Name: null,
        ChunkOf(answer, new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish }), usage: null).ToJsonString());

    private static JsonObject ChunkOf(Answer answer, JsonArray choices, JsonObject? usage) => new()
    {
        ["id"] = IdOf(answer),
        ["object"] = "chat.completion.chunk",
        ["created"] = answer.At.ToUnixTimeSeconds(),
        ["model"] = answer.Model,
        ["choices"] = choices,
        ["usage"] = usage,
    };

    private static JsonObject Calling(JsonObject call) => new() { ["tool_calls"] = new JsonArray(call) };

    private static JsonObject ToolCallOf(Answer answer, ToolCall call, int index, string arguments) => new()
    {
        ["id"] = $"call_{answer.Number}_{index + 1}",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = arguments },
    };

    private static string IdOf(Answer answer) => $"chatcmpl-{answer.Number}";

    private static string FinishOf(Answer answer) => answer.Finish switch
    {
        Finish.Length => "length",
        Finish.Refusal => "content_filter",
        Finish.ToolCalls => "tool_calls",
        _ => "stop",
    };

    private static JsonObject UsageOf(Usage usage) => new()
    {
        ["prompt_tokens"] = usage.Input,
        ["completion_tokens"] = usage.Output,
        ["total_tokens"] = usage.Input + usage.Output,
    };
}
