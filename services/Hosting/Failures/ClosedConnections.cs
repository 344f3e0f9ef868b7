using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Failures;

/// <summary>
/// Drops a connection that is closed but kept. One that dies in the moment in which it opens may tell nobody: MassTransit then keeps it, and every
/// endpoint fails on it for good. An endpoint that could not start looks at the connection, and the next try opens another.
/// </summary>
internal sealed class ClosedConnections(IServiceProvider services, ILogger<ClosedConnections> logger) : IReceiveEndpointObserver
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly IPipe<ConnectionContext> Look = Pipe.ExecuteAsync<ConnectionContext>(context =>
        context.Connection.IsOpen ? Task.CompletedTask : throw new RabbitMqConnectionException("The connection is closed, and nobody was told."));

    public async Task Faulted(ReceiveEndpointFaulted faulted)
    {
        if (services.GetRequiredService<IBusInstance>().HostConfiguration is not IRabbitMqHostConfiguration host)
            return;
        using var patience = new CancellationTokenSource(Longest);
        try
        {
            // What fails in its pipe, the supervisor throws away; where it has no connection it opens one, which the endpoint then finds.
            await host.ConnectionContextSupervisor.Send(Look, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception exception)
        {
            FailureLog.NoConnection(logger, faulted.InputAddress, exception.Message);
        }
    }

    public Task Ready(ReceiveEndpointReady ready) => Task.CompletedTask;

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;
}
