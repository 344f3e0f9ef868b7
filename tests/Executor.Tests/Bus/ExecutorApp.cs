using LoopBus.Contracts.Execution;
using LoopBus.Executor.Tools;
using LoopBus.Loops.Tools;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoopBus.Executor.Tests.Bus;

/// <summary>The executor as its Program builds it, with the tests' tools added.</summary>
internal sealed class ExecutorApp(IReadOnlyDictionary<string, string?> settings, Journal journal, CrashPoint crash) : WebApplicationFactory<ExecuteStepConsumer>
{
    public const string Reversible = "test.reversible";
    public const string Probed = "test.probed";
    public const string Idempotent = "test.idempotent";
    public const string Gated = "test.gated";
    public const string Grave = "test.grave";
    public const string Ungated = "test.ungated";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);

        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(new ToolCatalogue([
                .. ToolCatalogue.With(settings.GetValueOrDefault("LoopBus:Mcp:Descriptors")).All,
                JournalTool.Describe(Reversible, Effect.Reversible, compensation: Ungated),
                JournalTool.Describe(Probed, Effect.Reversible, probe: true),
                JournalTool.Describe(Idempotent, Effect.Idempotent),
                JournalTool.Describe(Gated, Effect.Irreversible),
                JournalTool.Describe(Grave, Effect.Irreversible, BlastRadius.High),
                JournalTool.Describe(Ungated, Effect.Irreversible),
            ])));
            services.Replace(ServiceDescriptor.Singleton<ICrashPoint>(crash));
            services.AddSingleton(journal);

            foreach (var name in new[] { Reversible, Idempotent, Gated, Grave, Ungated })
                services.AddSingleton<ITool>(provider => new JournalTool(journal, name, provider.GetRequiredService<TimeProvider>()));

            services.AddSingleton<ITool>(provider => new ProbedJournalTool(journal, Probed, provider.GetRequiredService<TimeProvider>()));
        });
    }
}
