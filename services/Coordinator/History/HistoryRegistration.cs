using LoopBus.Coordinator.Registry;
using LoopBus.Persistence;
using LoopBus.Persistence.Retention;

namespace LoopBus.Coordinator.History;

/// <summary>The runs' history: who writes it, and how long it is kept.</summary>
internal static class HistoryRegistration
{
    /// <summary>After the persistence: its migrations run first.</summary>
    public static void AddHistory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<IMessageObserver, RunHistory>();
        builder.Services.AddHostedService<MonthsAhead>();
        builder.AddRetention(1, OldMonths.Drop);
        builder.AddRetention(1, OldRuns.Remove);
    }
}
