using System.Data.Common;
using System.Reflection;
using LoopBus.Persistence.Database;
using Microsoft.EntityFrameworkCore.Storage;

namespace LoopBus.Persistence.Rows;

/// <summary>One parameter of a statement over rows: of one row's value, or an array with the values of many.</summary>
internal sealed class RowParameter
{
    private static readonly MethodInfo ManyMethod = typeof(RowParameter).GetMethod(nameof(ManyOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly string name;
    private readonly RelationalTypeMapping mapping;
    private readonly bool nullable;
    private readonly Func<IDialect, DbParameter, IReadOnlyList<object?[]>, int, DbParameter> many;
    private DbParameter? scalar;

    public RowParameter(string name, RelationalTypeMapping mapping, bool nullable)
    {
        this.name = name;
        this.mapping = mapping;
        this.nullable = nullable;
        var stored = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        if (nullable && stored.IsValueType && Nullable.GetUnderlyingType(stored) is null)
            stored = typeof(Nullable<>).MakeGenericType(stored);
        many = ManyMethod.MakeGenericMethod(stored).CreateDelegate<Func<IDialect, DbParameter, IReadOnlyList<object?[]>, int, DbParameter>>();
    }

    public DbParameter One(DbCommand maker, object? value) => mapping.CreateParameter(maker, name, value, nullable);

    public DbParameter Many(DbCommand maker, IDialect dialect, IReadOnlyList<object?[]> rows, int index) =>
        many(dialect, scalar ??= mapping.CreateParameter(maker, name, value: null, nullable: true), rows, index);

    private static DbParameter ManyOf<T>(IDialect dialect, DbParameter scalar, IReadOnlyList<object?[]> rows, int index)
    {
        var values = new T[rows.Count];
        for (var row = 0; row < values.Length; row++)
            values[row] = (T)rows[row][index]!;
        return dialect.ToArray(scalar, values);
    }
}
