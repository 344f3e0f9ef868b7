using System.Diagnostics;
using MassTransit;
using MassTransit.Logging;

namespace LoopBus.Hosting.Acl;

/// <summary>Just before the transport: sets what only AMQP has.</summary>
internal sealed class AclObserver(string service) : ISendObserver, IPublishObserver
{
    public Task PreSend<T>(SendContext<T> context)
        where T : class => Finish(context);

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Finish(context);

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    private Task Finish<T>(SendContext<T> context)
        where T : class
    {
        AclHeaders.Complete(context, service);
        KeepTrace(context);
        if (context.TryGetPayload(out RabbitMqSendContext? amqp))
            AmqpHeaders.Move(amqp);
        return Task.CompletedTask;
    }

    // A message that waited in an outbox is sent by another trace than the one that said it: it stays with the latter.
    private static void KeepTrace(SendContext context)
    {
        if (context.Headers.TryGetHeader(HeaderNames.TraceParent, out var header)
            && ActivityContext.TryParse(header?.ToString(), null, isRemote: true, out var said)
            && Activity.Current?.TraceId != said.TraceId)
            context.Headers.Set(DiagnosticHeaders.ActivityId, header!.ToString());
    }
}
