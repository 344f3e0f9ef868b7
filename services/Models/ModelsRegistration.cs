using LoopBus.Hosting;
using LoopBus.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Models;

/// <summary>Models for a service whose schema has their journal.</summary>
public static class ModelsRegistration
{
    private const double RetryShare = 0.2;
    private const double RetriesPerSecond = 2;

    /// <summary>Adds <see cref="ModelDesk"/>, scoped; configuration is read from <see cref="ModelsOptions.Section"/>, and may be empty.</summary>
    public static void AddModels(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ModelsOptions>, ModelsOptionsCheck>();
        builder.Services.AddSingleton<ModelMetrics>().AddSingleton<UnkeptAnswers>();
        builder.Services.AddSingleton(provider => new ChatClients(
            provider.GetRequiredService<IOptions<ModelsOptions>>(),
            new RetryBudget(RetryShare, RetriesPerSecond, provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ChatClients>>()));
        builder.Services.AddScoped(provider => new ModelDesk(
            provider.GetRequiredService<IRows>(),
            provider.GetRequiredService<ChatClients>(),
            provider.GetRequiredService<UnkeptAnswers>(),
            provider.GetRequiredService<ModelMetrics>(),
            provider.GetRequiredService<IOptions<ModelsOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ModelDesk>>()));
    }
}
