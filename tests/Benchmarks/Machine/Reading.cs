namespace LoopBus.Benchmarks.Machine;

/// <summary>All counters at one moment; the difference of two is what the time between them cost.</summary>
internal sealed record Reading(
    long Timestamp,
    IReadOnlyDictionary<string, double> CpuSeconds,
    IReadOnlyDictionary<string, long> Allocated,
    (double Busy, double Stolen) Machine,
    DatabaseReading Database)
{
    public static Usage operator -(Reading after, Reading before) => new(
        TimeProvider.System.GetElapsedTime(before.Timestamp, after.Timestamp).TotalSeconds,
        after.CpuSeconds.ToDictionary(one => one.Key, one => one.Value - before.CpuSeconds.GetValueOrDefault(one.Key)),
        after.Allocated.ToDictionary(one => one.Key, one => (double)(one.Value - before.Allocated.GetValueOrDefault(one.Key))),
        after.Machine.Busy - before.Machine.Busy,
        after.Machine.Stolen - before.Machine.Stolen,
        after.Database.WalBytes - before.Database.WalBytes,
        after.Database.Commits - before.Database.Commits,
        after.Database.Syncs - before.Database.Syncs,
        after.Database.Statements - before.Database.Statements,
        after.Database.Messages - before.Database.Messages);
}
