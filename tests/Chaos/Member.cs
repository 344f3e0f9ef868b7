using LoopBus.Chaos.Faults;
using LoopBus.Chaos.Wire;
using LoopBus.Testing.Processes;
using Xunit.Sdk;

namespace LoopBus.Chaos;

/// <summary>One copy of a service, with its wires to the broker and the database; when its process ends, it is started again at once.</summary>
internal sealed class Member(string service, Dictionary<string, string?> settings, Proxy broker, Proxy database) : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private readonly SemaphoreSlim gate = new(1, 1);
    private ServiceProcess? process;
    private Task watching = Task.CompletedTask;

    public string Service => service;

    public Proxy Broker => broker;

    public Proxy Database => database;

    /// <summary>How often the process was started again.</summary>
    public int Starts { get; private set; }

    public void Watch(ServiceProcess started)
    {
        process = started;
        watching = Task.Run(Restart);
    }

    public Task Kill() => process!.Signal("KILL");

    public Task Stop() => process!.Signal("STOP");

    public Task Continue() => process!.Signal("CONT");

    /// <summary>Kills the process, and starts it with a setting with which it kills itself sooner or later; then without.</summary>
    public async Task StartOnceWith(string setting, string value)
    {
        await gate.WaitAsync();
        settings[setting] = value;
        gate.Release();
        await Kill();
    }

    /// <summary>How often its processes said that they came to a point at which they were to die.</summary>
    public int Reached(CrashPoint point) => process!.Logged(point.Mark);

    public bool IsStopped => process!.IsStopped;

    /// <summary>Waits until it is ready, or has had the time for it.</summary>
    public async Task UntilReady(TimeSpan patience)
    {
        try
        {
            await process!.UntilReady(patience);
        }
        catch (XunitException)
        {
            // a server is away, or the process stands still or has been killed again
        }
    }

    public Task UntilReady() => process!.UntilReady();

    public async Task Leave()
    {
        await leaving.CancelAsync();
        await watching;
    }

    public void Dispose()
    {
        broker.Dispose();
        database.Dispose();
        leaving.Dispose();
        gate.Dispose();
    }

    private async Task Restart()
    {
        try
        {
            while (true)
            {
                await process!.UntilDead(leaving.Token);
                await gate.WaitAsync(leaving.Token);
                process!.Start();
                Starts++;
                foreach (var once in settings.Keys.Where(key => key.EndsWith(":ExitAt", StringComparison.Ordinal)).ToArray())
                    settings.Remove(once);
                gate.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // the storm is over
        }
    }
}
