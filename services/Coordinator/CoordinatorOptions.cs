using System.ComponentModel.DataAnnotations;
using LoopBus.Coordinator.Budgets;
using LoopBus.Hosting.Web;

namespace LoopBus.Coordinator;

/// <summary>Limits and defaults of the coordinator, in section LoopBus:Coordinator; seconds where a name says so.</summary>
internal sealed class CoordinatorOptions : IValidatableObject
{
    public const string Section = "LoopBus:Coordinator";

    /// <summary>The name under which <see cref="Tenants"/> has the limits of those that it does not name.</summary>
    public const string AnyTenant = "default";

    /// <summary>Keys of the HTTP API, in X-Api-Key, that may do all; those of tenants are in <see cref="Tenants"/>.</summary>
    [MinLength(1, ErrorMessage = "LoopBus:Coordinator:ApiKeys needs at least one key")]
    public string[] ApiKeys { get; set; } = [];

    /// <summary>The largest trigger taken, in bytes.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MostTriggerBytes { get; set; } = 1024 * 1024;

    /// <summary>How deep a trigger's JSON may nest.</summary>
    [Range(4, 512)]
    public int MostTriggerDepth { get; set; } = 32;

    /// <summary>
    /// The most runs at work, over all copies; new triggers are refused beyond. Only runs that take work count (planning, executing, critiquing,
    /// compensating): those that wait for people or are paused may be any number.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MostActiveRuns { get; set; } = 10_000;

    /// <summary>How long messages may wait for the coordinator, or to go out of it, before new triggers are refused.</summary>
    [Range(0.1, 3600)]
    public double MostLagSeconds { get; set; } = 10;

    /// <summary>How many messages may be that late in going out; fewer have troubles of their own, such as a receiver that was never started.</summary>
    [Range(1, 1_000_000)]
    public int MostLateMessages { get; set; } = 1000;

    /// <summary>Over all runs, how many steps a process has tried again soon: this share of all it asks for, and so many a second besides; beyond, later.</summary>
    [Range(0, 1)]
    public double RetryShare { get; set; } = 0.2;

    [Range(0, 10_000)]
    public double RetriesPerSecond { get; set; } = 10;

    /// <summary>How much later a step is tried again when that budget is used up; up to twice as much.</summary>
    [Range(0.1, 3600)]
    public double RetryPauseSeconds { get; set; } = 30;

    /// <summary>How often the load is measured.</summary>
    [Range(0.01, 60)]
    public double LoadSampleSeconds { get; set; } = 1;

    /// <summary>How long a trigger whose sender can not be told waits where it is while there is overload; then it is taken all the same.</summary>
    [Range(0, 1200)]
    public double MostHoldSeconds { get; set; } = 600;

    /// <summary>How long a planner may take before it is asked again.</summary>
    [Range(1, 3600)]
    public double PlanReplySeconds { get; set; } = 60;

    /// <summary>The same where a model plans: it may be asked twice, with retries, and a spare one after it.</summary>
    [Range(1, 3600)]
    public double ModelReplySeconds { get; set; } = 600;

    /// <summary>Whether the planner is asked once for each version of a scripted loop, and not for each run.</summary>
    public bool RememberScripts { get; set; }

    /// <summary>How long a critic may take before it is asked again.</summary>
    [Range(1, 3600)]
    public double CritiqueReplySeconds { get; set; } = 120;

    /// <summary>What a step's answer may take beyond the step's own timeout.</summary>
    [Range(1, 3600)]
    public double StepGraceSeconds { get; set; } = 30;

    /// <summary>The most steps handed to the executor at once where nothing is to be decided between them; 1: each by itself.</summary>
    [Range(1, 1000)]
    public int SegmentSteps { get; set; } = 50;

    /// <summary>How long after its beginning a segment may begin another step; what is left is handed over anew.</summary>
    [Range(0.01, 60)]
    public double SegmentSeconds { get; set; } = 1;

    /// <summary>How long people have for an escalation or for an effect in doubt.</summary>
    [Range(1, 90 * 24 * 3600)]
    public double EscalationSeconds { get; set; } = 7 * 24 * 3600;

    /// <summary>How often one undo is attempted before people are asked.</summary>
    [Range(1, 100)]
    public int UndoAttempts { get; set; } = 5;

    /// <summary>What one question to a service that asks models may take where a day is budgeted; so much is reserved before it is asked.</summary>
    [Range(1, 1_000_000_000)]
    public long AllowanceTokens { get; set; } = 50_000;

    /// <summary>The same in US dollars.</summary>
    [Range(typeof(decimal), "0.000001", "1000000")]
    public decimal AllowanceUsd { get; set; } = 1;

    /// <summary>With less left of a day nothing is asked.</summary>
    [Range(1, 1_000_000_000)]
    public long LeastTokens { get; set; } = 1000;

    /// <summary>The same in US dollars.</summary>
    [Range(typeof(decimal), "0.000001", "1000000")]
    public decimal LeastUsd { get; set; } = 0.01m;

    /// <summary>How long a run waits for budget that others have reserved, before it goes with what is left, or turns back.</summary>
    [Range(0, 24 * 3600)]
    public double BudgetWaitSeconds { get; set; } = 300;

    /// <summary>Tenants, their keys and what they may take in a day, by name; upper and lower case are the same.</summary>
    public Dictionary<string, TenantOptions> Tenants { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<ApiKey> Keys => ApiKey.Of(Section, ApiKeys, Tenants.Select(tenant => (tenant.Key, tenant.Value.ApiKeys)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Tenants
        .Where(tenant => tenant.Value.TokensPerDay < 0 || tenant.Value.UsdPerDay < 0)
        .Select(tenant => $"{Section}:Tenants:{tenant.Key}: TokensPerDay and UsdPerDay must not be negative")
        .Concat(Tenants.Where(tenant => tenant.Value.ApiKeys.Length > 0 && string.Equals(tenant.Key, AnyTenant, StringComparison.OrdinalIgnoreCase))
            .Select(tenant => $"{Section}:Tenants:{tenant.Key}:ApiKeys: {AnyTenant} stands for tenants that are not named, and has no keys; name the tenant."))
        .Concat(ApiKey.Problems(Keys))
        .Select(problem => new ValidationResult(problem));
}
