using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoopBus.Hosting.Git;

public static class GitRegistration
{
    /// <summary>Adds <see cref="GitRepositories"/>, bound to section LoopBus:Git.</summary>
    public static IServiceCollection AddGit(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddOptions<GitOptions>()
            .BindConfiguration(GitOptions.Section)
            .Validate(
                options => options is { MaxOutputBytes: > 0, MaxFileBytes: > 0, TimeoutSeconds: > 0 },
                $"{GitOptions.Section}: MaxOutputBytes, MaxFileBytes and TimeoutSeconds must be above zero."
            )
            .Validate(options => options.Roots.All(Path.IsPathFullyQualified), $"{GitOptions.Section}:Roots must be absolute paths.")
            .ValidateOnStart();
        services.TryAddSingleton<GitRepositories>();
        return services;
    }
}
