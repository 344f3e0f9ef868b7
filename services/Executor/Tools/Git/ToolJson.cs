using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopBus.Executor.Tools.Git;

/// <summary>How the git and review tools read their arguments and write their output.</summary>
internal static class ToolJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static T Read<T>(ToolCall call)
    {
        try
        {
            return call.Arguments.Deserialize<T>(Options) ?? throw new JsonException("there are none");
        }
        catch (JsonException wrong)
        {
            throw new ToolException(
                "bad-arguments",
                $"The arguments of step '{call.StepId}' do not fit the tool: {wrong.Message}",
                inner: wrong
            );
        }
    }

    public static JsonElement Write<T>(T value) => JsonSerializer.SerializeToElement(value, Options);
}
