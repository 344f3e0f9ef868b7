using LoopBus.Executor.Bidding;
using LoopBus.Executor.FalsePositives;
using LoopBus.Executor.Ledger;
using LoopBus.Executor.Resilience;
using LoopBus.Executor.Steps;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Mcp;
using LoopBus.Hosting;
using LoopBus.Hosting.Files;
using LoopBus.Hosting.Web;
using LoopBus.Loops.Tools;
using LoopBus.Models;
using LoopBus.Persistence.Retention;
using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor;

/// <summary>What runs a step, beside the bus and the tools themselves.</summary>
internal static class ExecutorRegistration
{
    public static void AddExecutor(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddRetention(2, OldEffects.RemoveEffects);
        builder.AddRetention(2, OldEffects.RemoveHalts);
        builder.AddRetention(4, OldFalsePositives.Remove);
        Bind<ExecutorOptions>(services, ExecutorOptions.Section);
        Bind<ResilienceOptions>(services, ResilienceOptions.Section);
        services.AddWeb().AddFiles();
        builder.AddModels<ExecutorDbContext>();
        services.AddSingleton<IValidateOptions<ExecutorOptions>, ExecutorOptionsCheck>();

        services.AddOptions<MassTransitHostOptions>().Configure<IOptions<ExecutorOptions>>(
            (host, options) => host.ConsumerStopTimeout = TimeSpan.FromSeconds(options.Value.ShutdownSeconds));

        services.TryAddSingleton(ToolCatalogue.With(builder.Configuration[$"{McpOptions.Section}:{nameof(McpOptions.Descriptors)}"]));
        services.TryAddSingleton<ICrashPoint>(ExitAtPoint.Configured(builder.Configuration) ?? (ICrashPoint)new NoCrash());
        services.AddSingleton(provider => new GrantVerifier(PublicKey(provider)));
        services.AddSingleton<ToolBox>();
        services.AddSingleton<TrackRecord>();
        services.AddSingleton(provider => new ServiceIdentity(provider.GetRequiredService<IOptions<ExecutorOptions>>().Value.Queue));
        services.AddSingleton<ToolPipelines>();
        services.AddSingleton<ToolCalls>();
        services.AddSingleton<LeaseKeeper>();
        services.AddSingleton<UncommittedOutcomes>();
        services.AddSingleton<DatabaseTime>();
        services.AddSingleton<LedgerCommits>();
        services.AddScoped<EffectLedger>();
        services.AddScoped<Admission>();
        services.AddScoped<StepSpending>();
        services.AddScoped<StepRunner>();
        services.AddScoped<StepService>();
        services.AddScoped<SegmentRunner>();
    }

    private static void Bind<T>(IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();

    private static string PublicKey(IServiceProvider provider) =>
        provider.GetRequiredService<IConfiguration>()[ExecutorOptionsCheck.PublicKey]!;
}
