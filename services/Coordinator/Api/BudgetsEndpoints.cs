using LoopBus.Coordinator.Budgets;
using LoopBus.Coordinator.Registry;
using LoopBus.Hosting.Web;
using LoopBus.Loops.Budgets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Api;

/// <summary>The HTTP API: what the models of loops and tenants take by day.</summary>
internal static class BudgetsEndpoints
{
    private const int MostDays = 90;

    public static void MapBudgets(this WebApplication app) =>
        app.MapGet("/budgets", List).AddEndpointFilter<ApiKeyFilter>().WithTags("Budgets")
            .WithSummary("Lists the day budgets of loops and tenants, to a tenant its own, today's first; days are UTC.")
            .Produces<BudgetPage>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized);

    private static async Task<IResult> List(HttpContext http, CoordinatorDbContext database, LoopRegistry loops, TimeProvider time, IOptions<CoordinatorOptions> options, string? scope, int days = 30, CancellationToken ct = default)
    {
        if (days is < 1 or > MostDays)
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["days"] = [$"must be from 1 to {MostDays}."] });

        var tenant = Caller.Of(http).Tenant;
        var own = tenant is null ? null : BudgetScope.NameOf(tenant);
        var today = BudgetRules.DayOf(time.GetUtcNow());
        var first = today.AddDays(-days);
        var rows = await database.Budgets.AsNoTracking().Where(row => row.Day >= first && (own == null || row.Scope == own) && (scope == null || row.Scope == scope))
            .OrderByDescending(row => row.Day).ThenBy(row => row.Scope).ToListAsync(ct);
        var known = tenant is null ? loops.All.Select(BudgetScope.OfLoop) : [BudgetScope.OfTenant(tenant, options.Value)];
        var untouched = known.OfType<BudgetScope>().DistinctBy(each => each.Name)
            .Where(each => (scope is null || each.Name == scope) && !rows.Exists(row => row.Day == today && row.Scope == each.Name))
            .Select(each => new BudgetRow { Scope = each.Name, Day = today, LimitTokens = each.Limit.Tokens, LimitUsd = each.Limit.Usd });

        return Results.Ok(new BudgetPage(today, BudgetRules.RenewedAt(today), [.. untouched.Concat(rows).Select(BudgetView.Of)]));
    }
}
