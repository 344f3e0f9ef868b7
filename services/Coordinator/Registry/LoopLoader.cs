using LoopBus.Loops;
using LoopBus.Loops.Tools;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Registry;

/// <summary>Reads the loop files at start, stores each version by its hash, and says which files were refused and why.</summary>
internal sealed class LoopLoader(
    IServiceScopeFactory scopes, LoopRegistry registry, ToolCatalogue tools, IConfiguration configuration, TimeProvider time, ILogger<LoopLoader> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var directory = configuration["LoopBus:Loops:Directory"]
            ?? throw new InvalidOperationException("LoopBus:Loops:Directory is not set: name the folder that holds <loop>/loop.yaml.");
        var (loaded, problems) = LoopCatalogue.Read(directory, tools);

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CoordinatorDbContext>();
        var stored = await database.LoopVersions.AsNoTracking().ToDictionaryAsync(version => version.Hash, cancellationToken);

        foreach (var loop in loaded.Where(loop => !stored.ContainsKey(loop.Hash)))
            await Store(database, loop, cancellationToken);

        foreach (var loop in loaded)
            log.LoopLoaded(loop.Name, loop.Version, loop.Hash);
        foreach (var problem in problems)
            log.LoopRefused(problem);

        registry.Load(loaded, stored.Values.Select(version => LoopDefinition.FromJson(version.Definition)), problems);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Store(CoordinatorDbContext database, LoopDefinition loop, CancellationToken cancellationToken)
    {
        database.LoopVersions.Add(new LoopVersionEntry
        {
            Hash = loop.Hash,
            Name = loop.Name,
            Version = loop.Version,
            Definition = loop.ToCanonicalJson(),
            LoadedAt = time.GetUtcNow(),
        });

        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (database.LoopVersions.AsNoTracking().Any(version => version.Hash == loop.Hash))
        {
            // Another coordinator stored the same version a moment ago.
            database.ChangeTracker.Clear();
        }
    }
}
