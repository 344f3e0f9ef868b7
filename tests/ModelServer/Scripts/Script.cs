using System.Text.Json;

namespace LoopBus.ModelServer.Scripts;

/// <summary>What the models say: the rules in order, the models there are, and the owners of more keys.</summary>
public sealed record Script
{
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>What <c>GET /v1/models</c> lists; any other name is answered too.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["scripted"];

    /// <summary>Keys besides the server's own, each with its owner's name.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    public static Script Of(params IReadOnlyList<Rule> rules) => new() { Rules = rules };

    /// <exception cref="InvalidDataException">It is no script; the message says where and why.</exception>
    public static Script Parse(string json) => Read<Script>(json, "script");

    public static Script Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    internal static T Read<T>(string json, string what)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ScriptJson.Options) ?? throw new InvalidDataException($"The {what} is null: give an object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"This is no {what}: {exception.Message}", exception);
        }
    }
}
