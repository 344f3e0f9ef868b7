using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace LoopBus.Persistence.Publishing;

/// <summary>
/// Publishes this process's messages over a connection of its own, in the order they come, confirms awaited in the background. A connection that
/// breaks, or confirms too late, is replaced whole.
/// </summary>
internal sealed class Publisher(IServiceProvider services, TimeProvider time, ILogger<Publisher> logger) : IHostedLifecycleService, IDisposable
{
    private const int MostWaiting = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Publication> waiting =
        Channel.CreateBounded<Publication>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    /// <summary>Why the broker can not be reached now; null where it can.</summary>
    public Exception? Trouble { get; private set; }

    public void Publish(Publication publication)
    {
        if (!waiting.Writer.TryWrite(publication))
            publication.Fail(new InvalidOperationException("The publisher takes no more messages: it has stopped, or too many wait for the broker."));
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(Run, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After everything has stopped, the bus too, whichever was registered first.
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (!waiting.Writer.TryComplete())
            return;
        await stopping.CancelAsync();
        await running;
    }

    public void Dispose() => stopping.Dispose();

    private async Task Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // After trouble at once, also where nothing waits: who says little would never be known to be ready again.
                if (Trouble is null && !await waiting.Reader.WaitToReadAsync(stopping.Token))
                    break;
                await using var channel = await PublisherChannel.Open(services.GetRequiredService<IConnectionFactory>(), stopping.Token);
                Trouble = null;
                await channel.Run(waiting.Reader, stopping.Token);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // What waits goes out when the broker is back, unless its sender gives it up before.
                Trouble = exception;
                logger.PublisherBroke(exception);
                await Task.Delay(Pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        while (waiting.Reader.TryRead(out var publication))
            publication.Fail(new OperationCanceledException("The service stops."));
    }
}
