namespace LoopBus.Hosting.Web;

/// <summary>A key of an HTTP API: whose it is (null: the installation's own, which may do all), and where it is set.</summary>
public sealed record ApiKey(string Key, string? Tenant, string Setting)
{
    /// <summary>All keys of a section: ApiKeys, and Tenants:&lt;name&gt;:ApiKeys.</summary>
    public static IReadOnlyList<ApiKey> Of(string section, IEnumerable<string> own, IEnumerable<(string Tenant, string[] Keys)> tenants) =>
    [
        .. own.Select((key, index) => new ApiKey(key, null, $"{section}:ApiKeys:{index}")),
        .. tenants.SelectMany(tenant => tenant.Keys.Select((key, index) => new ApiKey(key, tenant.Tenant, $"{section}:Tenants:{tenant.Tenant}:ApiKeys:{index}"))),
    ];

    /// <summary>What is wrong with keys; the keys themselves are not said.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<ApiKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);

        return keys.Where(key => key.Key.Length > 0).GroupBy(key => key.Key, StringComparer.Ordinal).Where(same => same.Count() > 1)
            .Select(same => $"{string.Join(" and ", same.Select(key => key.Setting))} are one and the same key. Whose it is must be clear: set each once.")
            .Concat(keys.Where(key => key.Tenant is not null && string.IsNullOrWhiteSpace(key.Key)).Select(key => $"{key.Setting} is empty. Write a key, or leave it out."))
            .Concat(keys.Where(key => key.Tenant is { } tenant && !TenantName.IsValid(tenant)).Select(key => $"{key.Setting}: '{key.Tenant}' is no tenant, whose name {TenantName.Rule}."));
    }
}
