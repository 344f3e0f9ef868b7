using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Overload;

/// <summary>
/// Triggers that nobody can be told about wait while there is overload, unacknowledged: so no more come out of the queue, and the queue's own limit tells
/// publishers. After a while one is taken all the same, before the broker would take it back; so few are that they do not matter.
/// </summary>
internal sealed class HeldTriggers(Admission admission, TimeProvider time, IHostApplicationLifetime life, IOptions<CoordinatorOptions> options)
{
    public async Task Wait(string taskId, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var pause = TimeSpan.FromSeconds(options.Value.LoadSampleSeconds);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping, cancellationToken);
        while (time.GetElapsedTime(began).TotalSeconds < options.Value.MostHoldSeconds && admission.Take(taskId) is not null)
        {
            // A service that stops takes what it holds: to give it back would count as a failed delivery.
            await Task.Delay(pause, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (either.IsCancellationRequested)
                return;
        }
    }
}
