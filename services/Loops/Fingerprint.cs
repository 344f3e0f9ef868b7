using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Loops;

/// <summary>Tells one message's content from another: a journal keeps it, so that a key asked for again with another content is noticed.</summary>
public static class Fingerprint
{
    /// <returns>The sha256, in hexadecimal, of the content as JSON.</returns>
    public static string Of<T>(T content) => CanonicalJson.Hash(JsonSerializer.Serialize(content));
}
