using System.Security.Cryptography;
using System.Text;
using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;
using LoopBus.ModelServer.Wire;
using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer;

/// <summary>What all calls of one server share: the script as it is played, the journal, the keys and the limits.</summary>
internal sealed class Stage(Script script, ModelHostOptions options)
{
    private volatile Play play = new(script);

    public Play Play => play;

    public ModelHostOptions Options => options;

    public Journal Journal { get; } = new(options.JournalCalls, options.JournalCharacters);

    public CancellationToken Stopping { get; set; }

    public void Replace(Script next) => play = new Play(next);

    /// <summary>A call as it comes, for the journal.</summary>
    public Call CallOf(HttpContext http, Prompt prompt) => new()
    {
        At = options.Time.GetUtcNow(),
        Path = http.Request.Path,
        Model = prompt.Model,
        Owner = Credentials.KeyOf(http.Request.Headers) is { } key ? OwnerOf(key) : null,
        Stream = prompt.Stream,
        Messages = prompt.Messages,
        Tools = prompt.Tools,
        Headers = Credentials.Without(http.Request.Headers),
        IdempotencyKey = http.Request.Headers.TryGetValue("Idempotency-Key", out var given) ? given.ToString() : null,
    };

    /// <summary>Whose key it is; null where it is nobody's.</summary>
    private string? OwnerOf(string key)
    {
        if (Same(key, options.Key))
            return "test";
        return Play.Script.Keys.FirstOrDefault(known => Same(key, known.Key)).Value;
    }

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
