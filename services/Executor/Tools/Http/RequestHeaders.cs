using System.Text;
using System.Text.Json;

namespace LoopBus.Executor.Tools.Http;

/// <summary>Puts a plan's headers on a request, except those that would pretend to be someone, steer the connection, or break its framing.</summary>
internal static class RequestHeaders
{
    public const string IdempotencyKey = "Idempotency-Key";

    private static readonly HashSet<string> s_never = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Expect", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", IdempotencyKey,
    };

    private static readonly HashSet<string> s_unlessConfigured = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Cookie", "Forwarded", "Metadata", "Metadata-Flavor", "X-Api-Key", "X-Real-IP",
    };

    private static readonly string[] s_prefixesUnlessConfigured = ["Proxy-", "Sec-", "X-Forwarded-", "X-aws-ec2-metadata"];

    public static void Add(HttpRequestMessage request, JsonElement headers, string[] configured)
    {
        foreach (var header in headers.EnumerateObject())
        {
            var value = header.Value.GetString() ?? "";
            Check(header.Name, value, configured);

            if (header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                request.Content?.Headers.Remove(header.Name);

            if (!request.Headers.TryAddWithoutValidation(header.Name, value) && request.Content?.Headers.TryAddWithoutValidation(header.Name, value) != true)
                throw new ToolException("header-not-allowed", $"The header {header.Name} cannot be put on this request; leave it out.");
        }
    }

    private static void Check(string name, string value, string[] configured)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new ToolException("header-not-allowed", $"The value of header {name} holds a line break.");

        if (!Ascii.IsValid(value))
            throw new ToolException("header-not-allowed", $"The value of header {name} holds a character that is not ASCII; encode it as the server expects it.");

        if (s_never.Contains(name))
            throw new ToolException("header-not-allowed", $"The header {name} is set by the executor alone; leave it out.");

        if ((s_unlessConfigured.Contains(name) || s_prefixesUnlessConfigured.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            && !configured.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new ToolException("header-not-allowed", $"The header {name} is kept from plans; an operator allows it in LoopBus:Http:AllowedHeaders.");
    }
}
