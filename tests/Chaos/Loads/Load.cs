using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace LoopBus.Chaos.Loads;

/// <summary>So many runs under way, each begun when one has ended: good and bad ones, some of them asked for twice, cancelled, paused and resumed.</summary>
internal sealed class Load(Stack stack, Triggers triggers, string server, Ground ground, int seed, TimeProvider time)
{
    private const double Bad = 0.25;
    private const double Twice = 0.15;
    private const double Cancelled = 0.08;
    private const double Paused = 0.05;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(700);
    private static readonly string[] Items = ["0", "1", "2"];

    private readonly ConcurrentQueue<Begun> begun = new();
    private readonly CancellationTokenSource enough = new();
    private readonly CancellationTokenSource atOnce = new();
    private Task working = Task.CompletedTask;

    public IReadOnlyList<Begun> Runs => [.. begun];

    public void Start(int workers) => working = Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => Work(worker))));

    /// <summary>Begins nothing new, and waits until what was begun has ended, or until the deadline.</summary>
    public async Task Drain(TimeSpan deadline)
    {
        await enough.CancelAsync();
        await Task.WhenAny(working, Task.Delay(deadline, time));
        await atOnce.CancelAsync();
        await working;
    }

    private async Task Work(int worker)
    {
        var random = new Random((seed * 7919) + worker);
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var kind = LoadKind.Pick(random);
            var run = new Begun($"{kind.Loop["chaos-".Length..]}-{worker}-{number}", kind, kind == LoadKind.Notes ? ground.Commits[random.Next(ground.Commits.Count)] : null);
            begun.Enqueue(run);
            await Begin(run, random);
            run.IsCancelled = random.NextDouble() < Cancelled;
            if (run.IsCancelled)
                await Steer(run, "cancel", random);
            else if (random.NextDouble() < Paused)
                await PauseAndResume(run, random);
            await UntilEnded(run);
        }
    }

    private async Task Begin(Begun run, Random random)
    {
        run.IsBad = random.NextDouble() < Bad;
        var end = run.IsBad ? "bad" : "good";
        object input = run.Kind == LoadKind.Fan ? new { server, end, items = Items }
            : run.Kind == LoadKind.Notes ? new { server, end, repository = ground.Repository, head = run.Commit }
            : new { server, end };
        var times = random.NextDouble() < Twice ? 2 : 1;
        for (var each = 0; each < times; each++)
            await triggers.Publish(run.Task, run.Kind.Loop, input);
    }

    private async Task PauseAndResume(Begun run, Random random)
    {
        await Steer(run, "pause", random);
        await Steer(run, "resume", random);
    }

    // What comes too late is answered so: that is fine. Only an answer is needed.
    private async Task Steer(Begun run, string verb, Random random)
    {
        await Pause(TimeSpan.FromSeconds(0.3 + (3 * random.NextDouble())));
        while (!atOnce.IsCancellationRequested)
        {
            try
            {
                using var answer = await stack.Installation.Api.PostAsJsonAsync(new Uri($"runs/{run.Task}/{verb}", UriKind.Relative), new { reason = "chaos" }, atOnce.Token);
                if ((int)answer.StatusCode is 202 or 409)
                    return;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                // the coordinator is away
            }

            await Pause(BetweenLooks);
        }
    }

    private async Task UntilEnded(Begun run)
    {
        while (!atOnce.IsCancellationRequested)
        {
            try
            {
                if (await stack.Run(run.Task) is { } seen && seen.GetProperty("endedAt").ValueKind != JsonValueKind.Null && seen.GetProperty("status").GetString() is not "quarantined" and var status)
                {
                    run.Status = status;
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
            {
                // the coordinator is away
            }

            await Pause(BetweenLooks);
        }
    }

    private async Task Pause(TimeSpan length)
    {
        try
        {
            await Task.Delay(length, time, atOnce.Token);
        }
        catch (OperationCanceledException)
        {
            // nothing is waited for any more
        }
    }
}
