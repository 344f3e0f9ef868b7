using System.Reflection;
using LoopBus.Contracts.Acts;

namespace LoopBus.Contracts.Tests;

/// <summary>The contract's types, by reflection.</summary>
internal static class Vocabulary
{
    private static readonly Type[] All = typeof(Performative).Assembly.GetExportedTypes();

    public static IReadOnlyList<Type> Acts { get; } = [.. All.Where(type => Performative.Of(type) is not null).OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static IReadOnlyList<Type> Contents { get; } =
        [.. All.Where(type => !type.IsEnum && type.Namespace != typeof(Performative).Namespace).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static IReadOnlyList<Type> Enums { get; } = [.. All.Where(type => type.IsEnum).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static string Describe(Type type)
    {
        var fields = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(made => made.GetParameters().Length)!.GetParameters();
        return string.Join(", ", fields.Select(field => $"{Name(field)} {field.Name}{(field.HasDefaultValue ? "?" : "")}"));
    }

    private static string Name(ParameterInfo field)
    {
        var nullable = new NullabilityInfoContext().Create(field).ReadState == NullabilityState.Nullable;
        return Name(field.ParameterType) + (nullable && Nullable.GetUnderlyingType(field.ParameterType) is null && !field.ParameterType.IsGenericParameter ? "?" : "");
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Name(inner) + "?";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }
}
