using LoopBus.Coordinator.Overload;
using LoopBus.Coordinator.Scheduling;

namespace LoopBus.Coordinator.Intake;

/// <summary>What takes triggers, and decides whether there is room for them.</summary>
internal static class IntakeRegistration
{
    public static void AddIntake(this IServiceCollection services) => services
        .AddSingleton<TriggerReader>()
        .AddScoped<TriggerIntake>()
        .AddSingleton<HeldTriggers>()
        .AddSingleton<QueueLag>()
        .AddSingleton<AdmissionMetrics>()
        .AddSingleton<Admission>()
        .AddSingleton<StepRetries>()
        .AddHostedService<LoadGauge>()
        .AddHostedService<ScheduledRuns>();
}
