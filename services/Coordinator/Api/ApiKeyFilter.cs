using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Api;

/// <summary>Lets only callers through that show a configured key in X-Api-Key, compared in constant time.</summary>
internal sealed class ApiKeyFilter(IOptions<CoordinatorOptions> options) : IEndpointFilter
{
    public const string Header = "X-Api-Key";

    private readonly byte[][] keys = [.. options.Value.ApiKeys.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key)))];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var shown = SHA256.HashData(Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers[Header].ToString()));

        return keys.Any(key => CryptographicOperations.FixedTimeEquals(key, shown))
            ? await next(context)
            : Results.Problem($"Send a valid key in the header {Header}.", statusCode: StatusCodes.Status401Unauthorized, title: "No valid API key");
    }
}
