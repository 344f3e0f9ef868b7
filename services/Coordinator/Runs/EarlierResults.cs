using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Runs;

/// <summary>What the runs of a loop brought that completed last for the same tenant, the newest first.</summary>
internal sealed class EarlierResults(IServiceScopeFactory scopes)
{
    public async Task<IReadOnlyList<JsonElement>> Of(RunState of, int most, CancellationToken cancellationToken)
    {
        var (loop, tenant) = (of.Loop, of.Tenant);
        await using var scope = scopes.CreateAsyncScope();
        var runs = await scope.ServiceProvider.GetRequiredService<CoordinatorDbContext>().Runs.AsNoTracking()
            .Where(run => run.Loop == loop && run.Tenant == tenant && run.CurrentState == nameof(RunStateMachine.Completed))
            .OrderByDescending(run => run.StartedAt).Take(most).ToListAsync(cancellationToken);

        return [.. runs.Select(run => run.Document.Result).OfType<JsonElement>()];
    }
}
