using LoopBus.Persistence.Sagas;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoopBus.Persistence;

/// <summary>
/// Runs a message again that lost a race: at once, in its turn, and for a bounded time. That another process was first is no failure of the consumer, and
/// takes nothing from its retries.
/// </summary>
internal sealed class Conflicts(SagaLocks locks, PersistenceMetrics metrics, TimeProvider time, IOptions<PersistenceOptions> options, ILogger<Conflicts> logger)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    public async Task Outlast(Func<bool, Task> attempt, MessageTurns turns, ConsumeContext message, string queue)
    {
        var begun = time.GetTimestamp();
        for (var number = 1; ; number++)
        {
            try
            {
                await attempt(number > 1);
                return;
            }
            catch (ConcurrencyConflictException conflict) when (time.GetElapsedTime(begun) < options.Value.ConflictTime)
            {
                foreach (var saga in turns.Asked)
                {
                    metrics.SagaConflict(queue);
                    locks.Mark(saga);
                }
                logger.LostRace(message.MessageId, queue, number, conflict.Message);
            }
            await Task.Delay(Pause(number), time, message.CancellationToken);
        }
    }

    // Anything up to twice as long each time: who lost together does not come back together.
    private static TimeSpan Pause(int attempt) =>
        Random.Shared.NextDouble() * (attempt > 6 ? Longest : Shortest * Math.Pow(2, attempt - 1));
}
