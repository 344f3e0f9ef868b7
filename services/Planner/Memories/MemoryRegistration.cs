using LoopBus.Persistence.Retention;
using Microsoft.Extensions.Options;

namespace LoopBus.Planner.Memories;

/// <summary>What remembers, recalls and forgets.</summary>
internal static class MemoryRegistration
{
    public static void AddMemories(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<MemorySearch>().AddScoped<Recollection>().AddSingleton(provider => provider.GetRequiredService<IOptions<PlannerOptions>>().Value);
        builder.AddRetention(2, OldMemories.RemoveRecalls);
        builder.AddRetention(1, OldMemories.RemoveUnused);
    }
}
