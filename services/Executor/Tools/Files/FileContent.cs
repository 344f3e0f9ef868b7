using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LoopBus.Executor.Tools.Files;

/// <summary>Content as it travels in arguments and outputs: text where it is UTF-8, else base64.</summary>
internal static class FileContent
{
    public static byte[] From(JsonElement arguments)
    {
        var content = arguments.GetProperty("content").GetString()!;

        if (!arguments.TryGetProperty("encoding", out var encoding) || encoding.GetString() != "base64")
            return Encoding.UTF8.GetBytes(content);

        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length)
            ? bytes[..length]
            : throw new ToolException("bad-content", "The argument content is not base64, as encoding says.");
    }

    public static (string Content, string Encoding) To(byte[] bytes) =>
        Utf8.IsValid(bytes) ? (Encoding.UTF8.GetString(bytes), "utf-8") : (Convert.ToBase64String(bytes), "base64");

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static async Task<string?> Sha256Of(string place, CancellationToken cancellationToken)
    {
        if (!File.Exists(place))
            return null;

        await using var file = File.OpenRead(place);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
