using System.Linq.Expressions;
using LoopBus.Contracts.Acts;
using MassTransit;

namespace LoopBus.Hosting.Conversations;

/// <summary>Answers an act <c>X&lt;Content&gt;</c> with <c>NotUnderstood&lt;Content&gt;</c>.</summary>
internal static class NotUnderstoodAnswer<T>
    where T : class
{
    private static readonly Func<ConsumeContext, T, Reason, Task> Answer = Compile();

    public static Task Say(ConsumeContext<T> context, Reason reason) => Answer(context, context.Message, reason);

    private static Func<ConsumeContext, T, Reason, Task> Compile()
    {
        var content = typeof(T).GetGenericArguments()[0];
        var act = typeof(NotUnderstood<>).MakeGenericType(content);
        var context = Expression.Parameter(typeof(ConsumeContext));
        var message = Expression.Parameter(typeof(T));
        var reason = Expression.Parameter(typeof(Reason));
        var answer = Expression.New(act.GetConstructor([content, typeof(Reason)])!, Expression.Property(message, "Content"), reason);
        var reply = Expression.Call(typeof(Speech), nameof(Speech.Reply), [act], context, answer, Expression.Constant(null, typeof(AclParameters)));
        return Expression.Lambda<Func<ConsumeContext, T, Reason, Task>>(reply, context, message, reason).Compile();
    }
}
