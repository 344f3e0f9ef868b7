using System.Text.Json;
using LoopBus.Testing.Processes;
using RabbitMQ.Client;

namespace LoopBus.Chaos.Loads;

/// <summary>Publishes triggers until the broker has confirmed them, however often it goes away: the same trigger twice is one run.</summary>
internal sealed class Triggers(Installation installation, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly SemaphoreSlim gate = new(1, 1);
    private IConnection? connection;
    private IChannel? channel;

    public async Task Publish(string task, string loop, object input)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { taskId = task, taskType = loop, input, triggeredBy = "chaos" });
        while (!await TryPublish(body))
            await Task.Delay(Pause, time);
    }

    public async ValueTask DisposeAsync()
    {
        await Forget();
        gate.Dispose();
    }

    private async Task<bool> TryPublish(byte[] body)
    {
        await gate.WaitAsync();
        try
        {
            using var timeout = new CancellationTokenSource(Patience, time);
            connection ??= await installation.Connect();
            channel ??= await connection.CreateChannelAsync(Confirming, timeout.Token);
            await channel.BasicPublishAsync("", "trigger", mandatory: true, new BasicProperties { Persistent = true, ContentType = "application/json" }, body, timeout.Token);
            return true;
        }
        catch (Exception)
        {
            // The broker is away, or its confirm is: both mean once more, on a new connection.
            await Forget();
            return false;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task Forget()
    {
        try
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception)
        {
            // a connection that broke may break once more when it is closed
        }

        (connection, channel) = (null, null);
    }
}
