using System.Reflection;
using System.Runtime.CompilerServices;

namespace LoopBus.Standards.Tests;

/// <summary>The assemblies that the rules are about.</summary>
internal static class House
{
    public static Assembly Contracts { get; } = Assembly.Load("LoopBus.Contracts");

    public static Assembly Hosting { get; } = Assembly.Load("LoopBus.Hosting");

    public static Assembly Loops { get; } = Assembly.Load("LoopBus.Loops");

    public static Assembly Persistence { get; } = Assembly.Load("LoopBus.Persistence");

    public static IReadOnlyList<string> ServiceNames { get; } = ["Approval", "Coordinator", "Critic", "Executor", "Planner"];

    public static IReadOnlyList<Assembly> Services { get; } = [.. ServiceNames.Select(name => Assembly.Load($"LoopBus.{name}"))];

    public static IReadOnlyList<Assembly> All { get; } = [Contracts, Hosting, Loops, Persistence, .. Services];

    public static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    /// <summary>Types that a person wrote.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetTypes().Where(type => !IsGenerated(type) && type.Namespace?.StartsWith("LoopBus", StringComparison.Ordinal) == true);

    public static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    public static bool IsStatic(Type type) => type is { IsAbstract: true, IsSealed: true };

    private static bool IsGenerated(Type type)
    {
        for (var t = type; t is not null; t = t.DeclaringType)
        {
            if (t.IsDefined(typeof(CompilerGeneratedAttribute), false) || t.Name.Contains('<', StringComparison.Ordinal))
                return true;
        }

        return type.Namespace?.Contains(".Migrations", StringComparison.Ordinal) == true;
    }
}
