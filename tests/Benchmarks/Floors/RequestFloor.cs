using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LoopBus.Benchmarks.Floors;

/// <summary>
/// A confirmed request of 1 KiB into a quorum queue, answered by a consumer that publishes its confirmed reply into a second quorum queue before
/// it acknowledges: what one step of a run asks of the broker.
/// </summary>
internal sealed class RequestFloor(Func<Task<IConnection>> connect) : IFloor
{
    private const string Requests = "bench-floor-requests";
    private const string Replies = "bench-floor-replies";
    private static readonly byte[] Body = new byte[1024];

    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();
    private IConnection? asking;
    private IConnection? answering;
    private long last;

    public string Name => "quorum request and reply";

    public async Task<IReadOnlyList<Func<Task>>> Open(int workers)
    {
        asking = await connect();
        answering = await connect();
        var requester = await QuorumQueues.Confirming(asking);
        await QuorumQueues.Declare(requester, Requests);
        await QuorumQueues.Declare(requester, Replies);
        await Answer(await QuorumQueues.Confirming(answering), workers);
        await Hear(await asking.CreateChannelAsync(), workers);
        return [.. Enumerable.Repeat<Func<Task>>(() => Ask(requester), workers)];
    }

    public async ValueTask DisposeAsync()
    {
        if (answering is not null)
            await answering.DisposeAsync();
        if (asking is null)
            return;
        await using (var channel = await asking.CreateChannelAsync())
        {
            await channel.QueueDeleteAsync(Requests);
            await channel.QueueDeleteAsync(Replies);
        }

        await asking.DisposeAsync();
    }

    private async Task Ask(IChannel requester)
    {
        var id = $"{Interlocked.Increment(ref last)}";
        var reply = waiting[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await requester.BasicPublishAsync("", Requests, mandatory: true, new BasicProperties { Persistent = true, CorrelationId = id }, Body);
        await reply.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    private static async Task Answer(IChannel channel, int workers)
    {
        await channel.BasicQosAsync(0, (ushort)Math.Max(2, workers), global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        // not awaited: the next request is taken while this one's reply waits for its confirm
        consumer.ReceivedAsync += (_, request) =>
        {
            _ = Reply(channel, request.DeliveryTag, request.BasicProperties.CorrelationId!, request.Body.ToArray());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(Requests, autoAck: false, consumer);
    }

    private static async Task Reply(IChannel channel, ulong tag, string id, byte[] body)
    {
        await channel.BasicPublishAsync("", Replies, mandatory: true, new BasicProperties { Persistent = true, CorrelationId = id }, body);
        await channel.BasicAckAsync(tag, multiple: false);
    }

    private async Task Hear(IChannel channel, int workers)
    {
        await channel.BasicQosAsync(0, (ushort)Math.Max(2, workers), global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, reply) =>
        {
            if (waiting.TryRemove(reply.BasicProperties.CorrelationId!, out var asked))
                asked.SetResult();
            await channel.BasicAckAsync(reply.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(Replies, autoAck: false, consumer);
    }
}
