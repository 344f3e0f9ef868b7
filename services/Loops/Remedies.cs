namespace LoopBus.Loops;

/// <summary>What is done where an invariant does not hold.</summary>
public static class Remedies
{
    /// <summary>The planner sees half as much of the run from then on.</summary>
    public const string Summarize = "summarize";

    /// <summary>The planner is told, and must go another way.</summary>
    public const string ChangeStrategy = "change-strategy";

    /// <summary>People decide how the run goes on.</summary>
    public const string Escalate = "escalate";

    /// <summary>The run turns back.</summary>
    public const string Stop = "stop";

    public static IReadOnlyList<string> All { get; } = [Summarize, ChangeStrategy, Escalate, Stop];
}
