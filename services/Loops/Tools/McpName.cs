using System.Text.RegularExpressions;

namespace LoopBus.Loops.Tools;

/// <summary>Names of tools that MCP servers bring: mcp.server.tool.</summary>
public static partial class McpName
{
    public const string Prefix = "mcp.";

    public const int MaxLength = 100;

    /// <summary>The tool's name in lower case, with '_' for whatever is no letter, digit, '_' or '-'.</summary>
    public static string Of(string server, string tool) =>
        $"{Prefix}{server}.{new string([.. tool.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' ? char.ToLowerInvariant(letter) : '_')])}";

    /// <returns>The server that a tool's name names, or null where the name is none of an MCP tool.</returns>
    public static string? ServerOf(string name) => name.Length <= MaxLength && Name().Match(name) is { Success: true } match ? match.Groups["server"].Value : null;

    public static bool IsServer(string server) => ServerOf($"{Prefix}{server}.tool") == server;

    [GeneratedRegex("^mcp\\.(?<server>[a-z][a-z0-9_-]{0,31})\\.[a-z0-9_-]+\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
