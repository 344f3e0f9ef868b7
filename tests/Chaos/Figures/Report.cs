using System.Text;
using LoopBus.Chaos.Faults;

namespace LoopBus.Chaos.Figures;

/// <summary>What the storm did, and what was found when it was over.</summary>
internal sealed record Report(
    Wanted Wanted,
    IReadOnlyDictionary<string, int> Struck,
    IReadOnlyList<(string Name, IReadOnlyDictionary<string, int> Times)> Points,
    IReadOnlyList<(string Kind, TimeSpan Took)> Recoveries,
    IReadOnlyDictionary<string, int> Runs,
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Violations)
{
    /// <summary>The kind of a recovery from nothing.</summary>
    public const string Calm = "none";

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine($"Seed {Wanted.Seed}, {Wanted.Length.TotalMinutes:0.#} minutes, {Wanted.Load} runs under way");
        text.AppendLine($"\n{"fault",-20} {"struck",7} {"back p50",9} {"p95",9} {"worst",9}");
        foreach (var kind in FaultKind.All.Select(kind => kind.Name).Where(Struck.ContainsKey).Prepend(Calm))
        {
            TimeSpan[] took = [.. Recoveries.Where(back => back.Kind == kind).Select(back => back.Took)];
            text.AppendLine($"{kind,-20} {Struck.GetValueOrDefault(kind),7} {Seconds(took, 0.5),9} {Seconds(took, 0.95),9} {Seconds(took, 1),9}");
        }

        TimeSpan[] all = [.. Recoveries.Where(back => back.Kind != Calm).Select(back => back.Took)];
        text.AppendLine($"{"in all",-20} {Struck.Values.Sum(),7} {Seconds(all, 0.5),9} {Seconds(all, 0.95),9} {Seconds(all, 1),9}\n");
        text.AppendLine($"{"point",-20} {"struck",7}");
        foreach (var (name, times) in Points)
            text.AppendLine($"{name,-20} {times.Values.Sum(),7}  {string.Join(", ", times.Select(service => $"{service.Key} {service.Value}"))}");
        text.AppendLine($"\nruns: {Runs.Values.Sum()} ({string.Join(", ", Runs.OrderBy(status => status.Key).Select(status => $"{status.Value} {status.Key}"))})");
        foreach (var (name, count) in Counts)
            text.AppendLine($"{name}: {count}");
        foreach (var note in Notes)
            text.AppendLine($"- {note}");
        text.AppendLine(Violations.Count == 0 ? "\nNo violations." : $"\n{Violations.Count} VIOLATIONS");
        foreach (var violation in Violations)
            text.AppendLine($"! {violation}");
        return text.ToString();
    }

    private static string Seconds(TimeSpan[] took, double share) => took.Length == 0 ? "-" : $"{Percentiles.At(took, share).TotalSeconds:0.0} s";
}
