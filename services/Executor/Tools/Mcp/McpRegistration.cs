using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tools.Mcp;

internal static class McpRegistration
{
    public static IServiceCollection AddMcpTools(this IServiceCollection services)
    {
        services.AddOptions<McpOptions>().BindConfiguration(McpOptions.Section).ValidateOnStart();

        return services
            .AddSingleton<IValidateOptions<McpOptions>, McpOptionsCheck>()
            .AddSingleton<McpServers>()
            .AddSingleton<McpClaims>()
            .AddSingleton<McpOutput>()
            .AddSingleton<McpTools>();
    }
}
