using System.Collections.Concurrent;
using System.Text.Json;
using LoopBus.Chaos.Figures;
using LoopBus.Chaos.Loads;

namespace LoopBus.Chaos.Faults;

/// <summary>A run sent off when a fault strikes, through every service and a person: when it has come through, the system works again.</summary>
internal sealed class Canaries(Stack stack, Triggers triggers, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentQueue<Task> flying = new();
    private readonly CancellationTokenSource enough = new();
    private readonly ConcurrentQueue<(string Kind, TimeSpan Took)> back = new();

    public IReadOnlyList<(string Kind, TimeSpan Took)> Back => [.. back];

    /// <summary>How many have not come through yet.</summary>
    public int Flying => flying.Count(flight => !flight.IsCompleted);

    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>Those that ended otherwise: where the clock is set forward, people were too late.</summary>
    public ConcurrentQueue<string> TurnedBack { get; } = new();

    public void Fly(Fault fault) => flying.Enqueue(Task.Run(() => Follow($"canary-{fault.Number}", fault.Kind.Name)));

    /// <summary>How long it takes while nothing is wrong.</summary>
    public Task Calm(int number) => Follow($"canary-calm-{number}", Report.Calm);

    public async Task Drain(TimeSpan deadline)
    {
        await Task.WhenAny(Task.WhenAll(flying), Task.Delay(deadline, time));
        await enough.CancelAsync();
        await Task.WhenAll(flying);
    }

    private async Task Follow(string task, string kind)
    {
        var began = time.GetTimestamp();
        Sent.Enqueue(task);
        await triggers.Publish(task, "chaos-canary", new { });
        while (!enough.IsCancellationRequested)
        {
            try
            {
                if (await stack.Run(task) is { } run && run.GetProperty("endedAt").ValueKind == JsonValueKind.String)
                {
                    if (run.GetProperty("status").GetString() == "completed")
                        back.Enqueue((kind, time.GetElapsedTime(began)));
                    else
                        TurnedBack.Enqueue($"{task}: {run.GetProperty("status").GetString()}, {run.GetProperty("reason").GetString()}");
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
            {
                // the coordinator is away
            }

            await Task.Delay(BetweenLooks, time);
        }
    }
}
