using System.Security.Cryptography;
using System.Text;
using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;

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

    /// <summary>Whose key it is; null where it is nobody's.</summary>
    public string? OwnerOf(string key)
    {
        if (Same(key, options.Key))
            return "test";
        return Play.Script.Keys.FirstOrDefault(known => Same(key, known.Key)).Value;
    }

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
