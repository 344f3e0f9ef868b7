using LoopBus.Persistence.Retention;

namespace LoopBus.Coordinator.Budgets;

/// <summary>The day's budgets of models: who reserves, who refuses, who flags, and how long they are kept.</summary>
internal static class BudgetRegistration
{
    public static void AddBudgets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BudgetMetrics>().AddSingleton<BudgetBook>().AddSingleton<RunBudgets>().AddSingleton<DayBudgets>().AddHostedService<BudgetGauge>();
        builder.AddRetention(1, OldBudgets.Remove);
    }
}
