using System.Data.Common;
using System.Linq.Expressions;
using LoopBus.Persistence.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LoopBus.Persistence.Rows;

/// <summary>One column of a table: read and written as EF would, by compiled accessors.</summary>
internal sealed class RowColumn<TRow>
{
    private readonly RelationalTypeMapping mapping;
    private readonly bool converts;
    private readonly Func<TRow, object?> get;
    private readonly Action<DbDataReader, TRow> read;
    private readonly Action<TRow, int>? setInteger;

    public RowColumn(IProperty property, int index, Names names, IDialect dialect)
    {
        Property = property;
        Name = names.Column(property.GetColumnName());
        mapping = property.GetRelationalTypeMapping();
        // A parameter of one value is made, and converted, by EF's mapping; an array is ours to fill.
        converts = dialect.TakesArrays && mapping.Converter is not null;

        var row = Expression.Parameter(typeof(TRow), "row");
        var reader = Expression.Parameter(typeof(DbDataReader), "reader");
        var from = Expression.MakeMemberAccess(row, property.GetMemberInfo(forMaterialization: false, forSet: false));
        var to = Expression.MakeMemberAccess(row, property.GetMemberInfo(forMaterialization: true, forSet: true));
        get = Expression.Lambda<Func<TRow, object?>>(Expression.Convert(from, typeof(object)), row).Compile();
        read = Expression.Lambda<Action<DbDataReader, TRow>>(to.Assign(Value(reader, index, to.Type)), reader, row).Compile();
        if (property.ClrType == typeof(int))
        {
            var number = Expression.Parameter(typeof(int), "number");
            setInteger = Expression.Lambda<Action<TRow, int>>(to.Assign(number), row, number).Compile();
        }
    }

    public IProperty Property { get; }
    public string Name { get; }

    public void Read(DbDataReader reader, TRow row) => read(reader, row);

    public int Integer(TRow row) => (int)get(row)!;

    public void Set(TRow row, int value) => setInteger!(row, value);

    /// <summary>The row's value as a parameter takes it.</summary>
    public object? Value(TRow row) => Stored(get(row));

    /// <summary>A value of the property as a parameter takes it.</summary>
    public object? Stored(object? value) => converts ? mapping.Converter!.ConvertToProvider(value) : value;

    public RowParameter Parameter(string name) => new(name, mapping, Property.IsNullable);

    private Expression Value(ParameterExpression reader, int index, Type type)
    {
        var ordinal = Expression.Constant(index);
        var method = mapping.GetDataReaderMethod();
        Expression value = Expression.Call(
            method.DeclaringType!.IsAssignableFrom(typeof(DbDataReader)) ? reader : Expression.Convert(reader, method.DeclaringType!), method, ordinal);
        value = mapping.CustomizeDataReaderExpression(value);
        if (mapping.Converter is { } converter)
        {
            var convert = converter.ConvertFromProviderExpression;
            value = Expression.Invoke(convert, value.Type == convert.Parameters[0].Type ? value : Expression.Convert(value, convert.Parameters[0].Type));
        }
        if (value.Type != type)
            value = Expression.Convert(value, type);
        return Expression.Condition(
            Expression.Call(reader, nameof(DbDataReader.IsDBNull), typeArguments: null, ordinal), Expression.Default(type), value);
    }
}
