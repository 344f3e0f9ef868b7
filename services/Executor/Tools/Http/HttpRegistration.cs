namespace LoopBus.Executor.Tools.Http;

internal static class HttpRegistration
{
    public static IServiceCollection AddHttpTools(this IServiceCollection services) =>
        services
            .AddSingleton<HttpCaller>()
            .AddTool<HttpRequestTool>()
            .AddTool<HttpCheckTool>();
}
