using LoopBus.Hosting;
using LoopBus.Persistence.Retention;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Models;

/// <summary>Models for a service whose schema has their journal.</summary>
public static class ModelsRegistration
{
    private const double RetryShare = 0.2;
    private const double RetriesPerSecond = 2;

    // As long as the journals of plans and verdicts, which the answers went into.
    private const int RetentionPeriods = 2;

    /// <summary>Adds <see cref="ModelDesk"/> and <see cref="EmbeddingDesk"/>, scoped, and the retention of its journal; configuration is read from <see cref="ModelsOptions.Section"/>, and may be empty.</summary>
    public static void AddModels<TContext>(this WebApplicationBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ModelsOptions>, ModelsOptionsCheck>();
        builder.Services.AddSingleton<ModelMetrics>().AddSingleton<UnkeptAnswers>().AddSingleton<QuestionTurns>();
        builder.Services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<ChatClients>(provider, new RetryBudget(RetryShare, RetriesPerSecond, provider.GetRequiredService<TimeProvider>())));
        builder.Services.AddScoped<CallJournal>();
        builder.Services.AddScoped(provider => new ModelDesk(
            provider.GetRequiredService<CallJournal>(),
            provider.GetRequiredService<ChatClients>(),
            provider.GetRequiredService<IOptions<ModelsOptions>>(),
            provider.GetRequiredService<ILogger<ModelDesk>>()));
        builder.Services.AddScoped(provider => new EmbeddingDesk(
            provider.GetRequiredService<CallJournal>(), provider.GetRequiredService<ChatClients>(), provider.GetRequiredService<IOptions<ModelsOptions>>()));
        builder.AddRetention(RetentionPeriods, OldCalls.Remove<TContext>);
    }
}
