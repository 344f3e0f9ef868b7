using Microsoft.AspNetCore.Http;

namespace LoopBus.ModelServer.Wire;

/// <summary>The key that comes with a call, in either API's header.</summary>
internal static class Credentials
{
    private const string ApiKey = "x-api-key";
    private const string Bearer = "Bearer ";

    private static readonly string[] Secret = [ApiKey, "Authorization", "Cookie", "Proxy-Authorization"];

    public static string? KeyOf(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(ApiKey, out var key))
            return key.ToString();
        var authorization = headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }

    public static IReadOnlyDictionary<string, string> Without(IHeaderDictionary headers) => headers
        .Where(header => !Secret.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
