using System.Security.Cryptography;
using System.Text;
using LoopBus.Loops.Memory;

namespace LoopBus.Planner.Memories;

/// <summary>Texts as they are remembered and searched.</summary>
internal static class MemoryText
{
    /// <summary>A tenant, and a loop or a shared name.</summary>
    public const int MostOfScope = 200;

    public const int MostOfKey = 200;
    public const int MostOfName = 200;
    private const int MostOfText = 2000;

    /// <summary>A text that the database can keep, not longer than agreed, without blanks that mean nothing.</summary>
    public static string Of(string? text, int most = MostOfText) => TextCut.Begin(Blanks.Normal((text ?? "").Replace('\0', ' ')), most);

    /// <summary>A key, in which case means nothing.</summary>
    public static string Key(string? key) => Of(key, MostOfKey).ToLowerInvariant();

    public static string Id(string scope, string kind, string key, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{kind}\n{key}\n{text}")).AsSpan(0, 16));

    /// <summary>The words of a text, each once, in their order; those of one or two letters say nothing, numbers do.</summary>
    public static IEnumerable<string> Words(string text) => WordOverlap.Words(text)
        .Select(word => word.ToLowerInvariant())
        .Where(word => (word.Length > 2 || char.IsDigit(word[0])) && word.Length <= 64)
        .Distinct(StringComparer.Ordinal);
}
