namespace LoopBus.Executor.Tools.Files;

internal static class FileRegistration
{
    public static IServiceCollection AddFileTools(this IServiceCollection services) =>
        services
            .AddSingleton<FileRoot>()
            .AddSingleton<Backups>()
            .AddTool<FileReadTool>()
            .AddTool<FileWriteTool>()
            .AddTool<FileRestoreTool>();
}
