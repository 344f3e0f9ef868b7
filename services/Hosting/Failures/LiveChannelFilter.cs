using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Failures;

/// <summary>
/// Lets an endpoint consume as long as its channel is open: it ends the use of a channel that is closed but told nobody, and the endpoint opens another.
/// Acknowledgements on it are bounded.
/// </summary>
internal sealed class LiveChannelFilter(TimeProvider time, ILogger<LiveChannelFilter> logger) : IFilter<ChannelContext>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Longer than what is in hand may wait for its acknowledgement: an endpoint that was told ends by itself.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var consuming = next.Send(new BoundedChannel(context, time, logger));
        long? closed = null;
        while (await Task.WhenAny(consuming, Task.Delay(Pause, time)) != consuming)
        {
            if (context.Channel.IsOpen && context.ConnectionContext.Connection.IsOpen)
                closed = null;
            else if (time.GetElapsedTime(closed ??= time.GetTimestamp()) > Longest)
                throw new RabbitMqConnectionException($"The channel was closed {Longest.TotalSeconds:0} s ago, and nobody was told.");
        }

        await consuming;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("liveChannel");
}
