using System.Data.Common;
using System.Linq.Expressions;
using LoopBus.Persistence.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LoopBus.Persistence.Sagas;

/// <summary>One column of a saga: read and written as EF would, by compiled accessors.</summary>
internal sealed class SagaColumn<TSaga>
{
    private readonly RelationalTypeMapping mapping;
    private readonly Func<TSaga, object?> get;
    private readonly Action<DbDataReader, TSaga> read;
    private readonly Action<TSaga, int>? setInteger;

    public SagaColumn(IProperty property, int index, Names names)
    {
        Property = property;
        Name = names.Column(property.GetColumnName());
        Parameter = "p" + index;
        mapping = property.GetRelationalTypeMapping();

        var saga = Expression.Parameter(typeof(TSaga), "saga");
        var reader = Expression.Parameter(typeof(DbDataReader), "reader");
        var from = Expression.MakeMemberAccess(saga, property.GetMemberInfo(forMaterialization: false, forSet: false));
        var to = Expression.MakeMemberAccess(saga, property.GetMemberInfo(forMaterialization: true, forSet: true));
        get = Expression.Lambda<Func<TSaga, object?>>(Expression.Convert(from, typeof(object)), saga).Compile();
        read = Expression.Lambda<Action<DbDataReader, TSaga>>(Expression.Assign(to, Value(reader, index, to.Type)), reader, saga).Compile();
        if (property.ClrType == typeof(int))
        {
            var number = Expression.Parameter(typeof(int), "number");
            setInteger = Expression.Lambda<Action<TSaga, int>>(Expression.Assign(to, number), saga, number).Compile();
        }
    }

    public IProperty Property { get; }
    public string Name { get; }
    public string Parameter { get; }

    public void Read(DbDataReader reader, TSaga saga) => read(reader, saga);

    public int Integer(TSaga saga) => (int)get(saga)!;

    public void Set(TSaga saga, int value) => setInteger!(saga, value);

    public DbParameter ToParameter(DbCommand maker, TSaga saga) => mapping.CreateParameter(maker, Parameter, get(saga), Property.IsNullable);

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
