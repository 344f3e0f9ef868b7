using Microsoft.Extensions.Options;

namespace LoopBus.Coordinator.Overload;

/// <summary>
/// Decides whether a new run is taken: by the runs that are at work, and by how late messages are. It costs no statement; <see cref="LoadGauge"/> measures in
/// the background. A run that was taken goes on whatever the load.
/// </summary>
internal sealed class Admission(QueueLag lag, AdmissionMetrics metrics, TimeProvider time, IOptions<CoordinatorOptions> options)
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);

    // A trigger whose run does not begin for so long will not: its loop is gone.
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();

    // Taken here, and not seen begun yet: no measurement counts them.
    private readonly Dictionary<string, long> taken = [];
    private Load load = new(0, 0);
    private bool answers = true;
    private long? since;

    /// <summary>Tasks that were taken here and whose runs have not been seen yet.</summary>
    public IReadOnlyList<string> NotBegun
    {
        get
        {
            lock (gate)
                return [.. taken.Keys];
        }
    }

    /// <summary>Null where a new task is taken, which then counts; else why not.</summary>
    public Refusal? Take(string taskId)
    {
        lock (gate)
        {
            if (taken.ContainsKey(taskId))
                return null;
            if (Why() is { } why)
                return Refused(why);
            taken.Add(taskId, time.GetTimestamp());
            metrics.Admitted();
            return null;
        }
    }

    /// <summary>Whether new tasks are taken now.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
                return Why() is null;
        }
    }

    /// <summary>A new task begins that came while there was room: it counts.</summary>
    public void Enter(string taskId)
    {
        lock (gate)
        {
            if (taken.TryAdd(taskId, time.GetTimestamp()))
                metrics.Admitted();
        }
    }

    /// <summary>Why nobody new is taken now, or null: for who does not need to know of the task.</summary>
    public Refusal? Now()
    {
        lock (gate)
            return Why() is { } why ? Refused(why) : null;
    }

    /// <summary>The same while the database does not answer: then nothing can be looked up either.</summary>
    public Refusal? Outage()
    {
        lock (gate)
            return answers ? null : Refused(Why()!.Value);
    }

    /// <summary>It was not taken after all.</summary>
    public void Forget(string taskId)
    {
        lock (gate)
            taken.Remove(taskId);
    }

    /// <summary>What was measured, and which of those taken here have begun by then.</summary>
    /// <returns>Why nobody new is taken from now on, or null.</returns>
    public string? Measured(Load measured, IEnumerable<string> begun)
    {
        lock (gate)
        {
            (load, answers) = (measured, true);
            foreach (var task in begun)
                taken.Remove(task);
            foreach (var old in taken.Where(task => time.GetElapsedTime(task.Value) > BeginsWithin).Select(task => task.Key).ToArray())
                taken.Remove(old);
            return Judged();
        }
    }

    /// <inheritdoc cref="Measured"/>
    public string? NotMeasured()
    {
        lock (gate)
        {
            answers = false;
            return Judged();
        }
    }

    private string? Judged()
    {
        var why = Why();
        since = why is null ? null : since ?? time.GetTimestamp();
        metrics.Measured(load.ActiveRuns + taken.Count, lag.Now, load.LateMessages, why is null);
        return why?.Text;
    }

    private (string Code, string Text)? Why()
    {
        var limits = options.Value;
        var runs = load.ActiveRuns + taken.Count;
        if (!answers)
            return (Refusal.Unavailable, "The coordinator's database does not answer.");
        if (runs >= limits.MostActiveRuns)
            return (Refusal.Overloaded, $"{runs} runs are at work; LoopBus:Coordinator:MostActiveRuns allows {limits.MostActiveRuns}.");
        if (lag.Now.TotalSeconds > limits.MostLagSeconds)
            return (Refusal.Overloaded, $"Messages wait {lag.Now.TotalSeconds:0.0} s for the coordinator; LoopBus:Coordinator:MostLagSeconds allows {limits.MostLagSeconds:0.###}.");
        if (load.LateMessages >= limits.MostLateMessages)
            return (Refusal.Overloaded, $"{load.LateMessages} messages could not go out for {limits.MostLagSeconds:0.###} s; LoopBus:Coordinator:MostLateMessages allows fewer than {limits.MostLateMessages}.");
        return null;
    }

    // As long again as it lasts already, and not all at the same moment.
    private Refusal Refused((string Code, string Text) why)
    {
        metrics.Refused(why.Code);
        var lasts = since is { } from ? time.GetElapsedTime(from).TotalSeconds : 0;
        var wait = Math.Clamp(lasts, 1, LongestRetry.TotalSeconds) * (1 + Random.Shared.NextDouble());
        return new Refusal(why.Code, why.Text, TimeSpan.FromSeconds(Math.Min(wait, LongestRetry.TotalSeconds)));
    }
}
