using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Failures;

/// <summary>
/// Switches an endpoint off while messages of many runs fail at it, more than succeed: then it is not the messages. One at a time is tried, and the first
/// that succeeds switches it on again. A run counts once, however many of its messages fail.
/// </summary>
internal sealed class KillSwitch(string queue, BrokerOptions options, TimeProvider time, ILogger<KillSwitch> logger)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly HashSet<string> failed = [];
    private readonly TimeSpan pause = TimeSpan.FromSeconds(options.KillSwitchSeconds);
    private long succeeded;
    private long windowAt = time.GetTimestamp();
    private long? triedAt;
    private bool trying;

    /// <summary>Waits while it is off, at most so long.</summary>
    /// <returns>Whether this message is the one that is tried.</returns>
    public async Task<bool> Pass(TimeSpan longest, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            lock (gate)
            {
                if (triedAt is not { } at)
                    return false;
                if (!trying && time.GetElapsedTime(at) >= pause)
                    return trying = true;
            }

            if (time.GetElapsedTime(began) >= longest)
                return false;
            await Task.Delay(pause / 4, time, cancellationToken);
        }
    }

    public void Succeeded(bool tried)
    {
        lock (gate)
        {
            Roll();
            succeeded++;
            if (!tried)
                return;
            (triedAt, trying, succeeded) = (null, false, 1);
            failed.Clear();
        }

        FailureLog.SwitchedOn(logger, queue);
    }

    /// <summary>A message ended without an outcome of its own.</summary>
    public void Left(bool tried)
    {
        lock (gate)
            trying &= !tried;
    }

    /// <returns>Whether the endpoint is off now, so that the message is not to blame.</returns>
    public bool Failed(string run, bool tried, Exception exception)
    {
        lock (gate)
        {
            Roll();
            if (tried)
                (trying, triedAt) = (false, time.GetTimestamp());
            failed.Add(run);
            if (triedAt is not null)
                return true;
            if (failed.Count < options.KillSwitchRuns || failed.Count < succeeded)
                return false;
            triedAt = time.GetTimestamp();
        }

        FailureLog.SwitchedOff(logger, queue, options.KillSwitchRuns, exception.GetBaseException().Message);
        return true;
    }

    private void Roll()
    {
        if (triedAt is not null || time.GetElapsedTime(windowAt) < Window)
            return;
        windowAt = time.GetTimestamp();
        succeeded = 0;
        failed.Clear();
    }
}
