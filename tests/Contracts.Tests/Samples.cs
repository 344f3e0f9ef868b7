using System.Reflection;
using System.Text.Json;

namespace LoopBus.Contracts.Tests;

/// <summary>Builds a value of any contract type with every field filled.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Time = DateTimeOffset.Parse("2026-11-20T21:00:00.1234567+00:00");

    public static object Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
            return "text \"quoted\" ü <&>";
        if (plain == typeof(int))
            return 7;
        if (plain == typeof(long))
            return 7_000_000_000L;
        if (plain == typeof(double))
            return 1.5;
        if (plain == typeof(decimal))
            return 0.000_125m;
        if (plain == typeof(bool))
            return true;
        if (plain == typeof(Guid))
            return Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        if (plain == typeof(DateTimeOffset))
            return Time;
        if (plain == typeof(JsonElement))
            return JsonSerializer.SerializeToElement(new { a = 1, b = new[] { "x", null }, c = new { d = 1.25m } });
        if (plain.IsEnum)
            return plain.GetEnumValues().GetValue(plain.GetEnumValues().Length - 1)!;
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return List(plain.GetGenericArguments()[0]);
        return Record(plain);
    }

    private static Array List(Type item)
    {
        var list = Array.CreateInstance(item, 2);
        list.SetValue(Of(item), 0);
        list.SetValue(Of(item), 1);
        return list;
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(made => made.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
    }
}
