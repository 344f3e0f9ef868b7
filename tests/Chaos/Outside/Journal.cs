using System.Globalization;

namespace LoopBus.Chaos.Outside;

/// <summary>What happened to the world, in the order in which it happened, in memory and in a file: it knows nothing of LoopBus and forgives no second call.</summary>
internal sealed class Journal(string file, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, int> calling = [];
    private readonly StreamWriter writer = new(file) { AutoFlush = true };

    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (gate)
                return [.. entries];
        }
    }

    public void Add(string kind, string task, string step, string? key)
    {
        lock (gate)
        {
            var entry = new Entry(entries.Count, time.GetUtcNow(), kind, task, step, key);
            entries.Add(entry);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Number} {entry.At:O} {kind} {task} {step} {key}"));
        }
    }

    /// <summary>A call of this key has come, and may or may not have its effect yet.</summary>
    public void Come(string key)
    {
        lock (gate)
            calling[key] = calling.GetValueOrDefault(key) + 1;
    }

    public void Gone(string key)
    {
        lock (gate)
            calling[key]--;
    }

    /// <summary>Whether the effect of a key happened; null while a call is still at it.</summary>
    public bool? Happened(string key)
    {
        lock (gate)
            return calling.GetValueOrDefault(key) > 0 ? null : entries.Exists(entry => entry.Key == key);
    }

    public void Dispose() => writer.Dispose();
}
