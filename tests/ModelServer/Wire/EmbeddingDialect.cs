using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Embeddings;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Wire;

/// <summary>OpenAI's embeddings: vectors come from the text alone, rules may only make them late or fail.</summary>
internal sealed class EmbeddingDialect(int dimensions, bool base64, IReadOnlyList<string> inputs) : IDialect
{
    private const int MostInputs = 2048;
    private const int MostDimensions = 4096;

    public string RequestIdHeader => OpenAiDialect.Instance.RequestIdHeader;

    /// <summary>The dialect for one request, which says the form of its vectors.</summary>
    public static EmbeddingDialect For(JsonElement body)
    {
        var dimensions = body.Member("dimensions") is { ValueKind: JsonValueKind.Number } wanted && wanted.TryGetInt32(out var number)
            ? number
            : WordVector.Dimensions;
        return new EmbeddingDialect(dimensions, body.TextOf("encoding_format") == "base64", [.. InputsOf(body)]);
    }

    public Prompt Read(IHeaderDictionary headers, JsonElement body)
    {
        if (dimensions is < 1 or > MostDimensions)
            throw new FaultException(new Fault(400, $"Invalid value for 'dimensions': {dimensions}.", "invalid_value", "dimensions"));
        if (inputs.Count is 0 or > MostInputs || inputs.Any(string.IsNullOrEmpty))
            throw new FaultException(new Fault(400, "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference."));
        return new Prompt
        {
            Model = body.TextOf("model") ?? throw new FaultException(new Fault(400, "you must provide a model parameter")),
            IsChat = false,
            Messages = [.. inputs.Select(input => new Message("input", input))],
        };
    }

    public JsonObject Whole(Answer answer) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. inputs.Select((input, index) => new JsonObject { ["object"] = "embedding", ["index"] = index, ["embedding"] = Written(WordVector.Of(input, dimensions)) })]),
        ["model"] = answer.Model,
        ["usage"] = new JsonObject { ["prompt_tokens"] = answer.Usage.Input, ["total_tokens"] = answer.Usage.Input },
    };

    public IEnumerable<StreamEvent> Stream(Answer answer) => throw new NotSupportedException("Embeddings are not streamed.");

    public JsonObject Refusal(Fault fault, string requestId) => OpenAiDialect.Instance.Refusal(fault, requestId);

    private static IEnumerable<string> InputsOf(JsonElement body)
    {
        if (body.TextOf("input") is { } text)
            return [text];
        var items = body.Items("input").ToArray();
        // numbers are tokens: the words of one text, or of each text in a list of lists
        return items.Length > 0 && items[0].ValueKind == JsonValueKind.Number ? [Joined(items)] : items.Select(One);
    }

    private static string One(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString()!,
        JsonValueKind.Array => Joined(item.EnumerateArray()),
        _ => "",
    };

    private static string Joined(IEnumerable<JsonElement> tokens) => string.Join(' ', tokens.Select(token => token.GetRawText()));

    private JsonNode Written(float[] vector) => base64
        ? JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)))
        : new JsonArray([.. vector.Select(value => JsonValue.Create(value))]);
}
