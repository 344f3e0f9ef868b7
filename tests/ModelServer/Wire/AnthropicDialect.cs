using System.Text.Json;
using System.Text.Json.Nodes;
using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Wire;

/// <summary>Anthropic's messages.</summary>
internal sealed class AnthropicDialect : IDialect
{
    public static AnthropicDialect Instance { get; } = new();

    public string RequestIdHeader => "request-id";

    public Prompt Read(IHeaderDictionary headers, JsonElement body)
    {
        if (!headers.ContainsKey("anthropic-version"))
            throw new FaultException(new Fault(400, "anthropic-version: header is required"));
        var model = body.TextOf("model") ?? throw Missing("model");
        if (body.Member("max_tokens").ValueKind != JsonValueKind.Number)
            throw Missing("max_tokens");
        if (body.Member("messages").ValueKind != JsonValueKind.Array)
            throw Missing("messages");
        var system = string.Join('\n', body.Texts("system"));
        IEnumerable<Message> first = system.Length > 0 ? [new Message("system", system)] : [];
        return new Prompt
        {
            Model = model,
            Stream = body.Is("stream"),
            Messages = [.. first, .. body.Items("messages").Select(message => new Message(message.TextOf("role") ?? "", string.Join('\n', message.Texts("content"))))],
            Tools = [.. body.Items("tools").Select(tool => tool.TextOf("name")).OfType<string>()],
        };
    }

    public JsonObject Whole(Answer answer)
    {
        var content = new JsonArray();
        if (answer.Text.Length > 0)
            content.Add(TextBlock(answer.Text));
        foreach (var (call, index) in answer.ToolCalls.Select((call, index) => (call, index)))
            content.Add(ToolBlock(answer, call, index, JsonNode.Parse(call.Arguments?.GetRawText() ?? "{}")));
        var message = MessageOf(answer, content, answer.Usage.Output);
        message["stop_reason"] = FinishOf(answer);
        return message;
    }

    public IEnumerable<StreamEvent> Stream(Answer answer)
    {
        yield return Event("message_start", "message", MessageOf(answer, [], outputTokens: 1));
        var blocks = 0;
        if (answer.Text.Length > 0)
        {
            foreach (var part in Block(blocks++, TextBlock(""), answer.Text, "text_delta", "text"))
                yield return part;
        }

        foreach (var (call, index) in answer.ToolCalls.Select((call, index) => (call, index)))
        {
            foreach (var part in Block(blocks++, ToolBlock(answer, call, index, new JsonObject()), call.ArgumentText, "input_json_delta", "partial_json"))
                yield return part;
        }

        yield return Event("message_delta", "delta", new JsonObject { ["stop_reason"] = FinishOf(answer), ["stop_sequence"] = null }, new JsonObject { ["output_tokens"] = answer.Usage.Output });
        yield return StreamEvent.Of(new JsonObject { ["type"] = "message_stop" });
    }

    public JsonObject Refusal(Fault fault, string requestId) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject
        {
            ["type"] = fault.Code ?? fault.Status switch
            {
                401 => "authentication_error",
                403 => "permission_error",
                404 => "not_found_error",
                413 => "request_too_large",
                429 => "rate_limit_error",
                529 => "overloaded_error",
                >= 500 => "api_error",
                _ => "invalid_request_error",
            },
            ["message"] = fault.Message ?? UsualMessage(fault.Status),
        },
        ["request_id"] = requestId,
    };

    private static string UsualMessage(int status) => status switch
    {
        401 => "invalid x-api-key",
        404 => "model not found",
        413 => "Request exceeds the maximum size",
        429 => "This request would exceed your organization's rate limit. Please try again later.",
        529 => "Overloaded",
        >= 500 => "Internal server error",
        _ => "The request is not valid.",
    };

    private static FaultException Missing(string field) => new(new Fault(400, $"{field}: Field required"));

    private static IEnumerable<StreamEvent> Block(int index, JsonObject start, string text, string kind, string field)
    {
        yield return StreamEvent.Of(new JsonObject { ["type"] = "content_block_start", ["index"] = index, ["content_block"] = start });
        foreach (var piece in Answer.Pieces(text))
        {
            var delta = new JsonObject { ["type"] = kind, [field] = piece };
            yield return StreamEvent.Of(new JsonObject { ["type"] = "content_block_delta", ["index"] = index, ["delta"] = delta });
        }

        yield return StreamEvent.Of(new JsonObject { ["type"] = "content_block_stop", ["index"] = index });
    }

    private static StreamEvent Event(string type, string name, JsonObject value, JsonObject? usage = null)
    {
        var data = new JsonObject { ["type"] = type, [name] = value };
        if (usage is not null)
            data["usage"] = usage;
        return StreamEvent.Of(data);
    }

    private static JsonObject MessageOf(Answer answer, JsonArray content, int outputTokens) => new()
    {
        ["id"] = $"msg_{answer.Number}",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = answer.Model,
        ["content"] = content,
        ["stop_reason"] = null,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = answer.Usage.Input,
            ["cache_creation_input_tokens"] = 0,
            ["cache_read_input_tokens"] = 0,
            ["output_tokens"] = outputTokens,
        },
    };

    private static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject ToolBlock(Answer answer, ToolCall call, int index, JsonNode? input) =>
        new() { ["type"] = "tool_use", ["id"] = $"toolu_{answer.Number}_{index + 1}", ["name"] = call.Name, ["input"] = input };

    private static string FinishOf(Answer answer) => answer.Finish switch
    {
        Finish.Length => "max_tokens",
        Finish.Refusal => "refusal",
        Finish.ToolCalls => "tool_use",
        _ => "end_turn",
    };
}
