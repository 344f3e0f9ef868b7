using MassTransit;

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
        TraceHeaders.Keep(context);
        if (context.TryGetPayload(out RabbitMqSendContext? amqp))
            AmqpHeaders.Move(amqp);
        return Task.CompletedTask;
    }
}
