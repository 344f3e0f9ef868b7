using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace LoopBus.Persistence;

/// <summary>
/// For tests of recovery with real processes: LoopBus:Database:ExitAt, a <see cref="CommitPoint"/> and the number of times it is passed
/// before ("AfterCommit:2"), ends this process there as kill -9 would.
/// </summary>
internal sealed class ExitAt(CommitPoint point, int after) : ICommitFault
{
    private int left = after;

    public static ExitAt? Configured(IConfiguration configuration)
    {
        if (configuration[$"{PersistenceOptions.Section}:ExitAt"] is not { Length: > 0 } text)
            return null;
        var parts = text.Split(':');
        return Enum.TryParse<CommitPoint>(parts[0], out var point) && (parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], out _)))
            ? new ExitAt(point, parts.Length == 2 ? int.Parse(parts[1]) : 0)
            : throw new InvalidOperationException(
                $"{PersistenceOptions.Section}:ExitAt '{text}' is no commit point: give {string.Join(", ", Enum.GetNames<CommitPoint>())}, with :count or without.");
    }

    public void Reached(CommitPoint reached)
    {
        if (reached == point && Interlocked.Decrement(ref left) < 0)
            Process.GetCurrentProcess().Kill();
    }
}
