using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Files;

public static class FilesRegistration
{
    /// <summary>Adds <see cref="FilesRoot"/>, bound to section LoopBus:Files.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddOptions<FilesOptions>().BindConfiguration(FilesOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        return services.AddSingleton<FilesRoot>();
    }
}
