using System.ComponentModel.DataAnnotations;
using LoopBus.Hosting.Web;

namespace LoopBus.Planner;

/// <summary>The planner's limits; section LoopBus:Planner.</summary>
internal sealed class PlannerOptions : IValidatableObject
{
    public const string Section = "LoopBus:Planner";

    /// <summary>Keys of the HTTP API of memories, in X-Api-Key, that see all; without any, here or of a tenant, there is none.</summary>
    public string[] ApiKeys { get; set; } = [];

    /// <summary>Keys of tenants, by name, each for the tenant's own memories.</summary>
    public Dictionary<string, TenantKeys> Tenants { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many plans one process makes at once; most of the time it waits for models.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 64;

    /// <summary>The longest definition, in characters, that is read.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxDefinitionLength { get; set; } = 1024 * 1024;

    /// <summary>The most memories of one scope: a decision looks at so many, and what was used longest ago is forgotten beyond.</summary>
    [Range(10, 100_000)]
    public int MemoriesPerScope { get; set; } = 2000;

    public IReadOnlyList<ApiKey> Keys => ApiKey.Of(Section, ApiKeys, Tenants.Select(tenant => (tenant.Key, tenant.Value.ApiKeys)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ApiKey.Problems(Keys).Select(problem => new ValidationResult(problem));
}
