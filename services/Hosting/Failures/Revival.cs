using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace LoopBus.Hosting.Failures;

/// <summary>
/// Starts an endpoint anew that stays deaf although the broker answers. MassTransit gives an endpoint up for good when opening its channel is
/// cancelled, as the client does to an answer of the broker that takes too long.
/// </summary>
internal sealed class Revival(IConnectionFactory broker, TimeProvider time, ILogger<Revival> logger) : BackgroundService, IReceiveEndpointObserver
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // Longer than the longest pause between two tries of an endpoint, which is 30 s.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ReceiveEndpoint, long> deafSince = [];

    public Task Ready(ReceiveEndpointReady ready)
    {
        if (ready.IsStarted)
            deafSince.TryRemove((ReceiveEndpoint)ready.ReceiveEndpoint, out _);
        return Task.CompletedTask;
    }

    public Task Faulted(ReceiveEndpointFaulted faulted) => Deaf(faulted.ReceiveEndpoint);

    public Task Completed(ReceiveEndpointCompleted completed) => Deaf(completed.ReceiveEndpoint);

    public Task Stopping(ReceiveEndpointStopping stopping)
    {
        deafSince.TryRemove((ReceiveEndpoint)stopping.ReceiveEndpoint, out _);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (deafSince.IsEmpty)
                continue;
            var answers = await Answers(stoppingToken);
            foreach (var (endpoint, since) in deafSince)
                if (!answers)
                    deafSince.TryUpdate(endpoint, time.GetTimestamp(), since);
                else if (time.GetElapsedTime(since) > Longest)
                    await Revive(endpoint, stoppingToken);
        }
    }

    private Task Deaf(IReceiveEndpoint endpoint)
    {
        deafSince.TryAdd((ReceiveEndpoint)endpoint, time.GetTimestamp());
        return Task.CompletedTask;
    }

    private async Task<bool> Answers(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Look);
        try
        {
            await using var connection = await broker.CreateConnectionAsync(patience.Token);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task Revive(ReceiveEndpoint endpoint, CancellationToken cancellationToken)
    {
        FailureLog.Reviving(logger, endpoint.InputAddress, Longest);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await endpoint.Stop(patience.Token).WaitAsync(patience.Token);
            endpoint.Start(cancellationToken);
        }
        catch (Exception exception)
        {
            FailureLog.NotRevived(logger, endpoint.InputAddress, exception);
        }
        deafSince[endpoint] = time.GetTimestamp();
    }
}
