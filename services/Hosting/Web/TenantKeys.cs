namespace LoopBus.Hosting.Web;

/// <summary>The keys of a tenant, in a service's section Tenants.</summary>
public sealed class TenantKeys
{
    public string[] ApiKeys { get; set; } = [];
}
