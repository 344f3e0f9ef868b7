using LoopBus.Executor.Ledger;
using LoopBus.Executor.Resilience;
using LoopBus.Executor.Steps;
using LoopBus.Executor.Tools;
using LoopBus.Executor.Tools.Files;
using LoopBus.Executor.Tools.Http;
using LoopBus.Executor.Tools.Mcp;
using LoopBus.Hosting;
using LoopBus.Loops.Tools;
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
        Bind<ExecutorOptions>(services, ExecutorOptions.Section);
        Bind<ResilienceOptions>(services, ResilienceOptions.Section);
        Bind<HttpToolOptions>(services, HttpToolOptions.Section);
        Bind<FileToolOptions>(services, FileToolOptions.Section);
        services.AddSingleton<IValidateOptions<ExecutorOptions>, ExecutorOptionsCheck>();

        services.AddOptions<MassTransitHostOptions>().Configure<IOptions<ExecutorOptions>>(
            (host, options) => host.ConsumerStopTimeout = TimeSpan.FromSeconds(options.Value.ShutdownSeconds));

        services.TryAddSingleton(ToolCatalogue.With(builder.Configuration[$"{McpOptions.Section}:{nameof(McpOptions.Descriptors)}"]));
        services.TryAddSingleton<ICrashPoint>(ExitAtPoint.Configured(builder.Configuration) ?? (ICrashPoint)new NoCrash());
        services.AddSingleton(provider => new GrantVerifier(PublicKey(provider)));
        services.AddSingleton<ToolBox>();
        services.AddSingleton<ToolPipelines>();
        services.AddSingleton<ToolCalls>();
        services.AddSingleton<LeaseKeeper>();
        services.AddSingleton<UncommittedOutcomes>();
        services.AddSingleton<DatabaseTime>();
        services.AddSingleton<LedgerCommits>();
        services.AddSingleton<HttpCaller>();
        services.AddScoped<EffectLedger>();
        services.AddScoped<Admission>();
        services.AddScoped<StepRunner>();
        services.AddScoped<SegmentRunner>();
    }

    private static void Bind<T>(IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();

    private static string PublicKey(IServiceProvider provider) =>
        provider.GetRequiredService<IConfiguration>()[ExecutorOptionsCheck.PublicKey]!;
}
