using System.Security.Cryptography;
using System.Text;

namespace LoopBus.Loops.Prompts;

/// <summary>Data between marks that are made of the data itself: no text holds its own hash but by a chance of one in 2^64.</summary>
public static class Fence
{
    private const int MarkBytes = 8;

    public static string Of(string name, string text)
    {
        var mark = $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, MarkBytes))}";

        return $"<{mark}>\n{text}\n</{mark}>";
    }

    /// <summary>How many characters a text of so many has with its marks.</summary>
    public static int Length(string name, int text) => text + (2 * (name.Length + 1 + (2 * MarkBytes))) + "<>\n\n</>".Length;
}
