using RabbitMQ.Client;

namespace LoopBus.Benchmarks.Floors;

/// <summary>A persistent message of 1 KiB into a quorum queue, confirmed by the broker.</summary>
internal sealed class PublishFloor(Func<Task<IConnection>> connect) : IFloor
{
    private const string Queue = "bench-floor-publish";
    private static readonly byte[] Body = new byte[1024];

    private IConnection? connection;

    public string Name => "quorum publishes, confirmed";

    public async Task<IReadOnlyList<Func<Task>>> Open(int workers)
    {
        connection = await connect();
        var publisher = await QuorumQueues.Confirming(connection);
        // bounded, so that what nobody takes does not pile up
        await QuorumQueues.Declare(publisher, Queue, ("x-max-length", 10_000));
        var properties = new BasicProperties { Persistent = true };
        return [.. Enumerable.Repeat<Func<Task>>(() => publisher.BasicPublishAsync("", Queue, mandatory: true, properties, Body).AsTask(), workers)];
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is null)
            return;
        await using (var channel = await connection.CreateChannelAsync())
            await channel.QueueDeleteAsync(Queue);
        await connection.DisposeAsync();
    }
}
