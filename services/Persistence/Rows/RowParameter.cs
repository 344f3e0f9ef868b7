using System.Data.Common;
using System.Reflection;
using LoopBus.Persistence.Database;
using Microsoft.EntityFrameworkCore.Storage;

namespace LoopBus.Persistence.Rows;

/// <summary>One parameter of a statement over rows: of one row's value, or an array with the values of many.</summary>
internal sealed class RowParameter
{
    private static readonly MethodInfo FillMethod = typeof(RowParameter).GetMethod(nameof(Fill), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly string name;
    private readonly RelationalTypeMapping mapping;
    private readonly bool nullable;
    private readonly Func<IReadOnlyList<object?[]>, int, Array> fill;

    public RowParameter(string name, RelationalTypeMapping mapping, bool nullable)
    {
        this.name = name;
        this.mapping = mapping;
        this.nullable = nullable;
        var stored = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        if (nullable && stored.IsValueType && Nullable.GetUnderlyingType(stored) is null)
            stored = typeof(Nullable<>).MakeGenericType(stored);
        fill = FillMethod.MakeGenericMethod(stored).CreateDelegate<Func<IReadOnlyList<object?[]>, int, Array>>();
    }

    public DbParameter One(DbCommand maker, object? value) => mapping.CreateParameter(maker, name, value, nullable);

    public DbParameter Many(DbCommand maker, IDialect dialect, IReadOnlyList<object?[]> rows, int index) =>
        dialect.ToArray(mapping.CreateParameter(maker, name, value: null, nullable: true), fill(rows, index));

    private static T[] Fill<T>(IReadOnlyList<object?[]> rows, int index)
    {
        var values = new T[rows.Count];
        for (var row = 0; row < values.Length; row++)
            values[row] = (T)rows[row][index]!;
        return values;
    }
}
