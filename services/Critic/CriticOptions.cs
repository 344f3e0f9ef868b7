using System.ComponentModel.DataAnnotations;

namespace LoopBus.Critic;

/// <summary>The critic's limits; section LoopBus:Critic.</summary>
internal sealed class CriticOptions
{
    public const string Section = "LoopBus:Critic";

    /// <summary>How many results one process judges at once; where a model judges, it waits most of the time.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 32;

    /// <summary>The most characters of a result, and of what it was made from, that a model is shown; the rest is said to be cut.</summary>
    [Range(1000, 10_000_000)]
    public int MaxJudgedLength { get; set; } = 60_000;

    /// <summary>How long a GET of the check http may take.</summary>
    [Range(0.1, 60)]
    public double HttpSeconds { get; set; } = 15;

    /// <summary>The programs that the check command may run: a name that loops use, and the program's full path.</summary>
    public Dictionary<string, string> Commands { get; init; } = new(StringComparer.Ordinal);

    /// <summary>How long such a program may run; then it is killed, and what it was to show is not shown.</summary>
    [Range(0.1, 60)]
    public double CommandSeconds { get; set; } = 20;

    /// <summary>The most that such a program may say.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int CommandBytes { get; set; } = 64 * 1024;
}
