using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LoopBus.Hosting.Web;

/// <summary>Lets only callers through that show one of some keys in X-Api-Key, compared in constant time, and knows them from then on (<see cref="Caller"/>). A key that is blank opens nothing.</summary>
public sealed class ApiKeys(IEnumerable<ApiKey> keys) : IEndpointFilter
{
    public const string Header = "X-Api-Key";

    private readonly (byte[] Hash, Caller Caller)[] callers = [.. keys.Where(key => !string.IsNullOrWhiteSpace(key.Key)).Select(key => (Hash(key.Key), new Caller(key.Tenant)))];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (Find(Hash(context.HttpContext.Request.Headers[Header].ToString())) is not { } caller)
            return Results.Problem($"Send a valid key in the header {Header}.", statusCode: StatusCodes.Status401Unauthorized, title: "No valid API key");
        context.HttpContext.Features.Set(caller);

        return await next(context);
    }

    private Caller? Find(byte[] shown)
    {
        Caller? found = null;
        // All are looked at, whichever it is: how long it takes tells nothing.
        foreach (var (hash, caller) in callers)
            if (CryptographicOperations.FixedTimeEquals(hash, shown))
                found = caller;

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
