using LoopBus.Loops.Budgets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Budgets;

/// <summary>Reads the day's budgets about once a second, where there are any, and flags those that were used up three days in a row.</summary>
internal sealed class BudgetGauge(
    IDbContextFactory<CoordinatorDbContext> databases, DayBudgets budgets, BudgetMetrics metrics, TimeProvider time, IOptions<CoordinatorOptions> options,
    ILogger<BudgetGauge> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LoadSampleSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (budgets.Exist)
                    await Read(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Reservations are exact without it.
                log.BudgetsNotRead(exception.Message);
            }
        }
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var (scope, day, count) in budgets.TakeRefused())
            await database.Budgets.Where(row => row.Day == day && row.Scope == scope).ExecuteUpdateAsync(row => row.SetProperty(x => x.Denied, x => x.Denied + count), cancellationToken);

        var today = BudgetRules.DayOf(time.GetUtcNow());
        var rows = await database.Budgets.AsNoTracking().Where(row => row.Day == today).ToListAsync(cancellationToken);
        budgets.Seen(rows);
        foreach (var row in rows.Where(row => row is { IsUsedUp: true, Flagged: false }))
            await Flag(database, row, cancellationToken);
    }

    private async Task Flag(CoordinatorDbContext database, BudgetRow row, CancellationToken cancellationToken)
    {
        var first = row.Day.AddDays(1 - BudgetRules.FlaggedAfter);
        var days = await database.Budgets.AsNoTracking().Where(x => x.Scope == row.Scope && x.Day >= first && x.Day <= row.Day).ToListAsync(cancellationToken);
        if (!BudgetRules.IsFlagged(row.Day, days.Where(x => x.IsUsedUp).Select(x => x.Day)))
            return;

        // One of the copies says so.
        var isFirst = await database.Budgets.Where(x => x.Day == row.Day && x.Scope == row.Scope && !x.Flagged)
            .ExecuteUpdateAsync(x => x.SetProperty(flag => flag.Flagged, true), cancellationToken) == 1;
        if (!isFirst)
            return;
        log.BudgetFlagged(row.Scope, BudgetRules.FlaggedAfter, BudgetText.Of(row.AsLastSeen));
        metrics.Flagged(row.Scope);
    }
}
