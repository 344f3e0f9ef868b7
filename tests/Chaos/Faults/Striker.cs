using System.Collections.Concurrent;
using LoopBus.Testing;
using LoopBus.Testing.Processes;

namespace LoopBus.Chaos.Faults;

/// <summary>Lets the faults of a schedule strike, each at its time, and heals what each of them broke.</summary>
internal sealed class Striker(Stack stack, Canaries canaries, TextWriter log, TimeProvider time)
{
    // An armed fault waits for its point this long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly SemaphoreSlim servers = new(1, 1);
    private readonly ConcurrentDictionary<int, SemaphoreSlim> gates = new();
    private readonly ConcurrentDictionary<string, int> struck = new();

    public IReadOnlyDictionary<string, int> Struck => struck;

    public ConcurrentQueue<string> Troubles { get; } = new();

    public async Task Run(IReadOnlyList<Fault> schedule)
    {
        var began = time.GetTimestamp();
        var striking = new List<Task>();
        foreach (var fault in schedule)
        {
            if (fault.At - time.GetElapsedTime(began) is { Ticks: > 0 } wait)
                await Task.Delay(wait, time);
            striking.Add(Task.Run(() => Strike(fault)));
        }

        await Task.WhenAll(striking);
    }

    private async Task Strike(Fault fault)
    {
        var member = stack.Members[fault.Member % stack.Members.Count];
        if (fault.Kind == FaultKind.ExitAtStep)
            member = stack.Members.Where(each => each.Service == "Executor").ElementAt(fault.Member % 2);
        var gate = gates.GetOrAdd(stack.Members.ToList().IndexOf(member), _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync();
        try
        {
            if (await Strike(fault, member))
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
            Troubles.Enqueue($"{fault}: {exception.Message.Split('\n')[0]}");
            Log($"could not strike {fault}: {exception.Message.Split('\n')[0]}");
        }
        finally
        {
            gate.Release();
        }
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
            case "exit-at-commit":
                return await ExitAt(fault, member, "LoopBus:Database:ExitAt", $"{fault.Point}:{fault.Count / 4}");
            case "exit-at-step":
                return await ExitAt(fault, member, "LoopBus:Executor:ExitAt", $"{fault.Point}:{fault.Count / 20}");
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
            default:
                throw new InvalidOperationException($"Nobody knows how to strike {fault.Kind.Name}.");
        }
    }

    private async Task<bool> ExitAt(Fault fault, Member member, string setting, string value)
    {
        var starts = member.Starts;
        await member.StartOnceWith(setting, value);
        canaries.Fly(fault);
        // once for the arming, once for the exit itself, which may come before it is ready
        await Within(() => member.Starts >= starts + 1);
        await Task.WhenAny(member.UntilReady(), Task.Delay(Patience, time));
        var reached = await Within(() => member.Starts >= starts + 2);
        if (!reached)
            await member.Kill();
        return reached;
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

    private async Task<bool> Within(Func<bool> condition)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < Patience;)
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
