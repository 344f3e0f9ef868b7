using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LoopBus.Hosting.Web;

/// <summary>Who calls an HTTP API, by the key that was shown: a tenant, or the installation itself, which sees and does all.</summary>
public sealed record Caller(string? Tenant)
{
    /// <summary>Whether what is this tenant's, or nobody's, is there for the caller.</summary>
    public bool Sees(string? tenant) => Tenant is null || string.Equals(Tenant, tenant, StringComparison.OrdinalIgnoreCase);

    /// <summary>Who calls.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lets callers through that showed no key.</exception>
    public static Caller Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);

        return http.Features.GetRequiredFeature<Caller>();
    }
}
