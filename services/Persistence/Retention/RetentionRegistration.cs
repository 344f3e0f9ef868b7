using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence.Retention;

/// <summary>Retention of a service's rows.</summary>
public static class RetentionRegistration
{
    /// <summary>Runs a rule from time to time on what is older than so many periods of <see cref="RetentionOptions"/>.</summary>
    public static void AddRetention(this IHostApplicationBuilder builder, int periods, RetentionRule rule)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<RetentionOptions>().Bind(builder.Configuration.GetSection(RetentionOptions.Section)).ValidateOnStart();
        builder.Services.TryAddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsCheck>();
        builder.Services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<RetentionJob>(provider, rule, periods));
    }
}
