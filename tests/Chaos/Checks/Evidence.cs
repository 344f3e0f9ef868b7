using System.Text.Json;
using LoopBus.Chaos.Loads;
using LoopBus.Chaos.Outside;

namespace LoopBus.Chaos.Checks;

/// <summary>One run as it was begun, as the API shows it at the end, and all acts of its history.</summary>
internal sealed record Told(Begun Begun, JsonElement View, IReadOnlyList<JsonElement> History)
{
    public string Task => Begun.Task;

    public string Status => View.GetProperty("status").GetString()!;

    public bool IsCompleted => Status == "completed";

    public IEnumerable<JsonElement> Steps => View.GetProperty("steps").EnumerateArray();
}

/// <summary>All that can be known when the storm is over: what LoopBus tells, and what the world outside shows.</summary>
internal sealed record Evidence(IReadOnlyList<Told> Runs, IReadOnlyList<Entry> Journal, string Files, string Notes, IReadOnlyList<DateTimeOffset> ClockSets)
{
    /// <summary>Whether what the services say of the times in which these things happened can be compared.</summary>
    public bool HasSteadyTime(IReadOnlyList<Entry> happened) => !ClockSets.Any(set => happened.Any(entry => entry.At <= set) && happened.Any(entry => entry.At >= set));
}
