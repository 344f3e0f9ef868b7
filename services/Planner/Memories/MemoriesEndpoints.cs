using LoopBus.Hosting.Web;
using LoopBus.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner.Memories;

/// <summary>The HTTP API for people who want to see what is remembered, and to have it forgotten; only where keys are set.</summary>
internal static class MemoriesEndpoints
{
    private const int MostPage = 1000;

    public static void MapMemories(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<PlannerOptions>>().Value.Keys is not { Count: > 0 } keys)
            return;
        app.MapOpenApi();
        var memories = app.MapGroup("/memories").AddEndpointFilter(new ApiKeys(keys)).WithTags("Memories").ProducesProblem(StatusCodes.Status401Unauthorized);

        memories.MapGet("/", List).WithSummary("Lists the memories of a scope (loop:<name>, shared:<name>), newest first; to a tenant's key its own. A tenant's scopes begin with tenant:<name>/.").Produces<MemoryPage>().ProducesValidationProblem();
        memories.MapDelete("/{id}", Forget).WithSummary("Forgets a memory. What decisions were shown of it stays in their journal until that ends.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(HttpContext http, PlannerDbContext database, MemorySearch search, string? scope = null, int limit = 100, CancellationToken ct = default)
    {
        if (string.IsNullOrEmpty(scope))
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["scope"] = ["must be loop:<name of a loop> or shared:<name>."] });
        if (limit is < 1 or > MostPage)
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"must be from 1 to {MostPage}."] });

        // A tenant has no scopes but its own, whatever it writes.
        var own = MemoryPolicy.OfTenant(Caller.Of(http).Tenant);
        scope = scope.StartsWith(own, StringComparison.OrdinalIgnoreCase) ? $"{own}{scope[own.Length..]}" : $"{own}{scope}";
        var page = await database.Memories.AsNoTracking().Where(memory => memory.Scope == scope).OrderByDescending(memory => memory.LearnedAt).ThenBy(memory => memory.Id).Take(limit).ToListAsync(ct);
        var newest = await search.Newest(scope, [.. page.Select(memory => memory.Key).Where(key => key.Length > 0).Distinct()], ct);

        return Results.Ok(new MemoryPage(page.ConvertAll(memory => MemoryView.Of(memory, memory.Key.Length > 0 && memory.LearnedAt < newest.GetValueOrDefault((memory.Kind, memory.Key))))));
    }

    private static async Task<IResult> Forget(HttpContext http, PlannerDbContext database, string id, CancellationToken ct)
    {
        var own = MemoryPolicy.OfTenant(Caller.Of(http).Tenant);

        return await database.Memories.Where(memory => memory.Id == id && memory.Scope.StartsWith(own)).ExecuteDeleteAsync(ct) > 0
            ? Results.NoContent()
            : Results.Problem($"There is no memory {id}.", statusCode: StatusCodes.Status404NotFound, title: "No such memory");
    }
}
