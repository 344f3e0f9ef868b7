using LoopBus.Hosting.Files;
using LoopBus.Hosting.Git;
using LoopBus.Hosting.Web;

namespace LoopBus.Critic.Checks;

internal static class CheckRegistration
{
    /// <summary>Adds every kind of check by name: this is the table of what the critic can see.</summary>
    public static IServiceCollection AddChecks(this IServiceCollection services) => services
        .AddGit()
        .AddFiles()
        .AddWeb()
        .AddSingleton<Sources>()
        .AddSingleton<ScratchProgram>()
        .AddSingleton<ICheck, SchemaCheck>()
        .AddSingleton<ICheck, EqualsCheck>()
        .AddSingleton<ICheck, CountBelowCheck>()
        .AddSingleton<ICheck, MinimumCheck>()
        .AddSingleton<ICheck, UniqueCheck>()
        .AddSingleton<ICheck, CoversCheck>()
        .AddSingleton<ICheck, WhenAnyCheck>()
        .AddSingleton<ICheck, EndStateCheck>()
        .AddSingleton<ICheck, CitationsCheck>()
        .AddSingleton<ICheck, FileCheck>()
        .AddSingleton<ICheck, HttpCheck>()
        .AddSingleton<ICheck, CommandCheck>()
        .AddSingleton<ICheck, CitedLinesExistCheck>()
        .AddSingleton<ICheck, NotesExistCheck>();
}
