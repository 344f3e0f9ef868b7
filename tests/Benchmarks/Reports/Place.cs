using System.Runtime.InteropServices;

namespace LoopBus.Benchmarks.Reports;

/// <summary>Where and when the figures were taken.</summary>
internal sealed record Place(DateTimeOffset At, string Commit, string Processor, int Cores, double MemoryGigabytes, string System, string Runtime)
{
    public static Place Here(DateTimeOffset now, string commit) => new(
        now,
        commit,
        Field("/proc/cpuinfo", "model name"),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    public override string ToString() =>
        $"{At:yyyy-MM-dd HH:mm} UTC, commit {Commit}; {Processor}, {Cores} cores, {MemoryGigabytes:0.#} GiB; {System}; {Runtime}. Broker, database, services and load share this machine.";

    private static string Field(string file, string name) =>
        File.Exists(file) && File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
