using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Hosting.Web;

public static class WebRegistration
{
    /// <summary>Adds <see cref="GuardedWeb"/>, bound to section LoopBus:Http.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        return services.AddSingleton<GuardedWeb>();
    }
}
