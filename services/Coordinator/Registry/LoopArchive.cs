using LoopBus.Loops;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Coordinator.Registry;

/// <summary>Reads a version that another coordinator stored; rare, so it may block.</summary>
internal sealed class LoopArchive(IServiceScopeFactory scopes)
{
    public LoopDefinition? Find(string hash) => Read(version => version.Hash == hash);

    public LoopDefinition? Find(string name, string number) => Read(version => version.Name == name && version.Version == number);

    private LoopDefinition? Read(System.Linq.Expressions.Expression<Func<LoopVersionEntry, bool>> which)
    {
        using var scope = scopes.CreateScope();
        var version = scope.ServiceProvider.GetRequiredService<CoordinatorDbContext>().LoopVersions.AsNoTracking().Where(which).OrderBy(x => x.LoadedAt).LastOrDefault();

        return version is null ? null : LoopDefinition.FromJson(version.Definition);
    }
}
