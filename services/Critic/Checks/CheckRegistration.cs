namespace LoopBus.Critic.Checks;

internal static class CheckRegistration
{
    /// <summary>Adds every kind of check by name: this is the table of what the critic can see.</summary>
    public static IServiceCollection AddChecks(this IServiceCollection services) => services
        .AddSingleton<ICheck, SchemaCheck>()
        .AddSingleton<ICheck, EqualsCheck>()
        .AddSingleton<ICheck, CountBelowCheck>()
        .AddSingleton<ICheck, MinimumCheck>()
        .AddSingleton<ICheck, UniqueCheck>()
        .AddSingleton<ICheck, CoversCheck>()
        .AddSingleton<ICheck, WhenAnyCheck>()
        .AddSingleton<ICheck, CitedLinesExistCheck>()
        .AddSingleton<ICheck, NotesExistCheck>();
}
