namespace LoopBus.Executor.Tools;

/// <summary>Tools are registered by name: the registration is the executor's table of contents.</summary>
internal static class ToolRegistration
{
    public static IServiceCollection AddTool<T>(this IServiceCollection services)
        where T : class, ITool =>
        services.AddSingleton<ITool, T>();
}
