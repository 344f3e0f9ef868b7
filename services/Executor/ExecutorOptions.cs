using System.ComponentModel.DataAnnotations;

namespace LoopBus.Executor;

/// <summary>What this executor may do, and how much at once.</summary>
internal sealed class ExecutorOptions
{
    public const string Section = "LoopBus:Executor";

    /// <summary>Which kind of executor it is: its queue is executor-&lt;kind&gt;, and steps come to it by its bids. Null: the queue is executor, and it has all steps that nobody bids for too.</summary>
    [RegularExpression("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", ErrorMessage = "LoopBus:Executor:Kind must be 1 to 32 lower-case letters, digits and -")]
    public string? Kind { get; set; }

    /// <summary>The executor's name, as the sender of its messages and of its queue.</summary>
    public string Queue => Kind is null ? "executor" : $"executor-{Kind}";

    /// <summary>What a call of a tool costs in US dollars, by the tool's name: for its bids.</summary>
    public Dictionary<string, decimal> Prices { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The tools that this executor runs; empty: all built in.</summary>
    public string[] Tools { get; set; } = [];

    /// <summary>How many steps run at once in one process.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How many messages the broker hands out ahead.</summary>
    [Range(1, 10_000)]
    public ushort Prefetch { get; set; } = 32;

    /// <summary>How long an effect stays claimed after its executor was last heard of, in seconds: the pause before another takes over from a dead one.</summary>
    [Range(1, 600)]
    public double LeaseSeconds { get; set; } = 15;

    /// <summary>How often an executor looks whether an effect that another one has claimed is settled, in seconds.</summary>
    [Range(0.01, 60)]
    public double BusyPollSeconds { get; set; } = 0.5;

    /// <summary>How long a tool that was told to stop may take to stop, in seconds.</summary>
    [Range(0.01, 60)]
    public double StopGraceSeconds { get; set; } = 5;

    /// <summary>How long a stopping executor lets its steps end, in seconds; then it leaves them to another. Shorter than the host's own 30 seconds.</summary>
    [Range(0.1, 29)]
    public double ShutdownSeconds { get; set; } = 20;

    [Range(1024, 16 * 1024 * 1024)]
    public int MaxOutputBytes { get; set; } = 256 * 1024;
}
