namespace LoopBus.Chaos.Faults;

/// <summary>A named point of the product at which a process can be told to die or to stand still: who passes it, and how often it may be passed before.</summary>
internal sealed record CrashPoint(string Name, string Setting, IReadOnlyList<string> Services, int Most)
{
    private const string Commits = "LoopBus:Database:ExitAt";
    private const string Steps = "LoopBus:Executor:ExitAt";
    private static readonly string[] Everyone = ["Coordinator", "Coordinator", "Executor", "Executor", "Planner", "Critic", "Approval"];
    private static readonly string[] Relays = ["Coordinator", "Approval"];
    private static readonly string[] Executor = ["Executor"];

    public static IReadOnlyList<CrashPoint> All { get; } =
    [
        new("BeforeCommit", Commits, Everyone, 15),
        new("AfterCommit", Commits, Everyone, 15),
        new("AfterSend", Commits, Everyone, 15),
        // What waits to be sent by a relay is what has a time, what a page or the API said, and what the dead left.
        new("RelayTook", Commits, Relays, 3),
        new("RelaySent", Commits, Relays, 3),
        new("unclaimed", Steps, Executor, 3),
        new("claimed", Steps, Executor, 3),
        new("kept", Steps, Executor, 3),
        new("before-call", Steps, Executor, 5),
        new("after-call", Steps, Executor, 5),
        new("resolved", Steps, Executor, 3),
    ];

    /// <summary>The line by which a process says that it has come to it.</summary>
    public string Mark => $"exit-order {Name}";
}
