using System.Linq.Expressions;

namespace LoopBus.Hosting.Acl;

/// <summary>Reads the task id of a message of type <typeparamref name="T"/>: its content's TaskId, or its own.</summary>
internal static class RunOf<T>
    where T : class
{
    private static readonly Func<T, string?>? Get = Compile();

    public static string? Read(T message) => Get?.Invoke(message);

    private static Func<T, string?>? Compile()
    {
        var message = Expression.Parameter(typeof(T));
        if (TaskId(message) is { } own)
            return Expression.Lambda<Func<T, string?>>(own, message).Compile();

        if (typeof(T).GetProperty("Content") is not { } property)
            return null;

        var content = Expression.Property(message, property);
        if (TaskId(content) is not { } inner)
            return null;

        Expression guarded = property.PropertyType.IsValueType
            ? inner
            : Expression.Condition(Expression.ReferenceEqual(content, Expression.Constant(null)), Expression.Constant(null, typeof(string)), inner);
        return Expression.Lambda<Func<T, string?>>(guarded, message).Compile();
    }

    private static MemberExpression? TaskId(Expression owner) =>
        owner.Type.GetProperty("TaskId") is { } property && property.PropertyType == typeof(string)
            ? Expression.Property(owner, property)
            : null;
}
