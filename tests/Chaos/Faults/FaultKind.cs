namespace LoopBus.Chaos.Faults;

/// <summary>A kind of fault, and how often it is chosen against the others.</summary>
internal sealed record FaultKind(string Name, int Weight)
{
    public static FaultKind KillService { get; } = new("kill-service", 6);

    public static FaultKind StopService { get; } = new("stop-service", 4);

    public static FaultKind ExitAtCommit { get; } = new("exit-at-commit", 6);

    public static FaultKind ExitAtStep { get; } = new("exit-at-step", 6);

    public static FaultKind KillAtStatement { get; } = new("kill-at-statement", 5);

    public static FaultKind CutAtStatement { get; } = new("cut-at-statement", 4);

    public static FaultKind CutBroker { get; } = new("cut-broker", 3);

    public static FaultKind CutDatabase { get; } = new("cut-database", 3);

    public static FaultKind Slow { get; } = new("slow-wires", 2);

    public static FaultKind Shuffle { get; } = new("shuffle-queue", 4);

    public static FaultKind KillBroker { get; } = new("kill-broker", 1);

    public static FaultKind RestartBroker { get; } = new("restart-broker", 1);

    public static FaultKind KillDatabase { get; } = new("kill-database", 2);

    public static FaultKind StopDatabase { get; } = new("stop-database", 2);

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        KillService, StopService, ExitAtCommit, ExitAtStep, KillAtStatement, CutAtStatement, CutBroker, CutDatabase, Slow, Shuffle,
        KillBroker, RestartBroker, KillDatabase, StopDatabase,
    ];
}
