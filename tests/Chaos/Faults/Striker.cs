using System.Collections.Concurrent;
using LoopBus.Testing;
using LoopBus.Testing.Processes;

namespace LoopBus.Chaos.Faults;

/// <summary>Lets the faults of a schedule strike, each at its time, and heals what each of them broke.</summary>
internal sealed class Striker(Stack stack, Canaries canaries, TextWriter log, TimeProvider time)
{
    // An armed fault waits for its point this long, once its process is ready.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PatienceWithAStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    // A storm that leaves nobody the time to do anything proves nothing: on a slow machine it strikes less often.
    private const int MostAtOnce = 4;
    private const int MostAway = 6;

    private static readonly TimeSpan PatienceWithTheRest = TimeSpan.FromSeconds(90);

    private readonly SemaphoreSlim servers = new(1, 1);
    private readonly SemaphoreSlim clock = new(1, 1);
    private readonly ConcurrentDictionary<int, SemaphoreSlim> gates = new();
    private readonly ConcurrentDictionary<string, int> struck = new();

    private volatile bool isOver;

    public IReadOnlyDictionary<string, int> Struck => struck;

    public ConcurrentQueue<string> Troubles { get; } = new();

    public async Task Run(IReadOnlyList<Fault> schedule, TimeSpan length)
    {
        var began = time.GetTimestamp();
        var striking = new List<Task>();
        foreach (var fault in schedule)
        {
            if (fault.At - time.GetElapsedTime(began) is { Ticks: > 0 } wait)
                await Task.Delay(wait, time);
            while ((striking.Count(strike => !strike.IsCompleted) >= MostAtOnce || canaries.Flying >= MostAway) && time.GetElapsedTime(began) < length)
                await Task.Delay(BetweenLooks, time);
            if (time.GetElapsedTime(began) >= length)
                break;
            striking.Add(Task.Run(() => Strike(fault)));
        }

        // Those that still wait for their turn at a process come too late.
        isOver = true;
        await Task.WhenAll(striking);
        isOver = false;
        if (schedule.Any(fault => fault.Kind.IsAtPoint))
            await StrikeTheRest(schedule[^1].Number);
    }

    // A point that no process came to while it was told to is tried again: at the first coming, and while runs are still under way.
    private async Task StrikeTheRest(int number)
    {
        var began = time.GetTimestamp();
        for (var round = 0; Never() is { Count: > 0 } points; round++)
        {
            foreach (var point in points)
            {
                if (time.GetElapsedTime(began) > PatienceWithTheRest)
                    return;
                await Strike(new Fault(++number, TimeSpan.Zero, FaultKind.ExitAtPoint, round, TimeSpan.Zero, 0, point));
            }
        }
    }

    private List<CrashPoint> Never() => [.. CrashPoint.All.Where(point => !stack.Members.Any(member => member.Reached(point) > 0))];

    private async Task Strike(Fault fault)
    {
        var members = stack.Members.Where(each => fault.Point is null || each.Service == fault.Point.Services[fault.Member % fault.Point.Services.Count]).ToList();
        var member = members[fault.Member % members.Count];
        var gate = gates.GetOrAdd(stack.Members.ToList().IndexOf(member), _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync();
        try
        {
            if (isOver)
            {
                Log($"too late {fault} ({member.Service})");
            }
            else if (await Strike(fault, member))
            {
                struck.AddOrUpdate(fault.Kind.Name, 1, (_, count) => count + 1);
                Log($"struck {fault} ({member.Service})");
            }
            else
            {
                Log($"missed {fault} ({member.Service}): its point was not reached");
            }
        }
        catch (Exception exception)
        {
            // A fault that could not strike is told, and the storm goes on.
            Troubles.Enqueue($"{fault.Kind.Name}: {exception.Message.Split('\n')[0]}");
            Log($"could not strike {fault}: {exception.Message.Split('\n')[0]}");
        }

        // Whoever was struck comes to itself before it is struck again, unless a server's fault or a point comes first.
        await member.UntilReady(PatienceWithAStart);
        gate.Release();
    }

    /// <returns>Whether it struck.</returns>
    private async Task<bool> Strike(Fault fault, Member member)
    {
        switch (fault.Kind.Name)
        {
            case "kill-service":
                canaries.Fly(fault);
                await member.Kill();
                return true;
            case "stop-service":
                canaries.Fly(fault);
                await member.Stop();
                await Task.Delay(fault.Length, time);
                await member.Continue();
                return true;
            case "exit-at-point" or "stop-at-point":
                return await AtPoint(fault, member);
            case "kill-at-statement":
                return await AtStatement(fault, member, member.Kill);
            case "cut-at-statement":
                return await AtStatement(fault, member, () =>
                {
                    member.Database.CutAll();
                    return Task.CompletedTask;
                });
            case "cut-broker":
                canaries.Fly(fault);
                member.Broker.CutAll();
                return true;
            case "cut-database":
                canaries.Fly(fault);
                member.Database.CutAll();
                return true;
            case "slow-wires":
                canaries.Fly(fault);
                (member.Broker.Latency, member.Database.Latency) = (TimeSpan.FromMilliseconds(5 * fault.Count), TimeSpan.FromMilliseconds(2 * fault.Count));
                await Task.Delay(fault.Length, time);
                (member.Broker.Latency, member.Database.Latency) = (TimeSpan.Zero, TimeSpan.Zero);
                return true;
            case "shuffle-queue":
                canaries.Fly(fault);
                var (moved, doubled) = await Shuffle.Strike(stack.Installation, fault, time);
                Log($"shuffled {moved} messages, {doubled} of them twice");
                return moved > 0;
            case "kill-broker":
                return await Server(fault, stack.Servers.KillBroker);
            case "restart-broker":
                return await Server(fault, () => Signal("-TERM", stack.Servers.BrokerProcess));
            case "kill-database":
                return await Server(fault, stack.Servers.KillDatabase);
            case "stop-database":
                // PostgreSQL's "immediate" shutdown: no checkpoint, recovery at the next start
                return await Server(fault, () => Signal("-QUIT", stack.Servers.DatabaseProcess));
            case "full-disk":
                return await Server(fault, async () =>
                {
                    await stack.Disk.Fill();
                    await Task.Delay(fault.Length, time);
                    await stack.Disk.Free();
                });
            case "set-clock":
                return await SetClock(fault);
            default:
                throw new InvalidOperationException($"Nobody knows how to strike {fault.Kind.Name}.");
        }
    }

    private async Task<bool> AtPoint(Fault fault, Member member)
    {
        var starts = member.Starts;
        await member.StartOnceWith(fault.Point!.Setting, fault.Order);
        canaries.Fly(fault);
        // once for the order, once for the exit itself, which may come before it is ready
        bool IsReached() => fault.Stops ? member.Starts == starts + 1 && member.IsStopped : member.Starts >= starts + 2;
        await Task.WhenAny(member.UntilReady(PatienceWithAStart), Within(IsReached, PatienceWithAStart));
        if (!await Within(IsReached, Patience))
        {
            // It may come to its point later, and die there; but nobody would wake it.
            if (fault.Stops)
                await member.Kill();
            return false;
        }

        if (!fault.Stops)
            return true;
        await Task.Delay(fault.Length, time);
        // Most wake up where they stood, not knowing that time has passed; some die there.
        await (fault.Count % 3 == 0 ? member.Kill() : member.Continue());
        return true;
    }

    private async Task<bool> AtStatement(Fault fault, Member member, Func<Task> strike)
    {
        var sprung = member.Database.At(1 + (fault.Count / 2), async () =>
        {
            canaries.Fly(fault);
            await strike();
        });
        var won = await Task.WhenAny(sprung, Task.Delay(Patience, time)) == sprung;
        if (!won)
            member.Database.Disarm();
        return won;
    }

    private async Task<bool> Server(Fault fault, Func<Task> strike)
    {
        await servers.WaitAsync();
        try
        {
            canaries.Fly(fault);
            await strike();
            await stack.Servers.Start();
            return true;
        }
        finally
        {
            servers.Release();
        }
    }

    // Back by minutes up to two hours, and some time later forward again: what was to be done later is late, or all due at once.
    private async Task<bool> SetClock(Fault fault)
    {
        await clock.WaitAsync();
        try
        {
            canaries.Fly(fault);
            stack.SetClock(TimeSpan.FromMinutes(-1 - (2 * fault.Count)));
            await Task.Delay(fault.Length, time);
            stack.SetClock(TimeSpan.Zero);
            return true;
        }
        finally
        {
            clock.Release();
        }
    }

    private async Task<bool> Within(Func<bool> condition, TimeSpan patience)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < patience;)
        {
            if (condition())
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time);
        }

        return condition();
    }

    private static async Task Signal(string signal, int process)
    {
        await Shell.Run("kill", signal, $"{process}");
        await Eventually.True(() => !Directory.Exists($"/proc/{process}"), TimeSpan.FromSeconds(40), $"process {process} is gone");
    }

    private void Log(string line)
    {
        lock (log)
            log.WriteLine($"{time.GetUtcNow():HH:mm:ss.fff} {line}");
    }
}
