namespace LoopBus.Coordinator.Budgets;

/// <summary>A tenant: its keys of the HTTP API, and what the models of all its runs may take in a day, UTC; null where unbounded.</summary>
internal sealed class TenantOptions
{
    /// <summary>Who shows one of them begins, sees and steers this tenant's runs, and no others.</summary>
    public string[] ApiKeys { get; set; } = [];

    public long? TokensPerDay { get; set; }

    public decimal? UsdPerDay { get; set; }
}
