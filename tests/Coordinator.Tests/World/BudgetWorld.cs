using LoopBus.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Coordinator.Tests.World;

/// <summary>A world whose tenants have little for a day, and whose coordinator may be made to fail at its commits.</summary>
public sealed class BudgetWorld : WorldFixture, ICommitFault
{
    public const long PerDay = 10_000;
    public const long Allowance = 1000;
    public const long Least = 100;
    public const string Tenant = "Acme";
    public const string TenantKey = "acme-key";
    public const string OtherKey = "globex-key";

    private int commits;

    /// <summary>Every so many commits one fails, by turns before and after it; 0: none does.</summary>
    public int FailsEvery { get; set; }

    public int Failed { get; private set; }

    public void Reached(CommitPoint point)
    {
        if (FailsEvery == 0 || point is not (CommitPoint.BeforeCommit or CommitPoint.AfterCommit) || Interlocked.Increment(ref commits) % FailsEvery != 0)
            return;
        Failed++;
        throw new InvalidOperationException($"The process dies here: {point}.");
    }

    /// <summary>Who shows this key.</summary>
    public HttpClient With(string key)
    {
        var http = Stranger();
        http.DefaultRequestHeaders.Add("X-Api-Key", key);

        return http;
    }

    private protected override void Adapt(IServiceCollection services) => services.AddSingleton<ICommitFault>(this);

    private protected override IReadOnlyDictionary<string, string?> More { get; } = new Dictionary<string, string?>
    {
        ["LoopBus:Coordinator:Tenants:default:TokensPerDay"] = $"{PerDay}",
        ["LoopBus:Coordinator:Tenants:rich:UsdPerDay"] = "1000000",
        [$"LoopBus:Coordinator:Tenants:{Tenant}:ApiKeys:0"] = TenantKey,
        [$"LoopBus:Coordinator:Tenants:{Tenant}:TokensPerDay"] = "1000000000",
        ["LoopBus:Coordinator:Tenants:globex:ApiKeys:0"] = "globex-old-key",
        ["LoopBus:Coordinator:Tenants:globex:ApiKeys:1"] = OtherKey,
        ["LoopBus:Coordinator:AllowanceTokens"] = $"{Allowance}",
        ["LoopBus:Coordinator:LeastTokens"] = $"{Least}",
        ["LoopBus:Coordinator:BudgetWaitSeconds"] = "4",
        ["LoopBus:Coordinator:LoadSampleSeconds"] = "0.1",
        ["LoopBus:Coordinator:ModelReplySeconds"] = "5",
    };
}
