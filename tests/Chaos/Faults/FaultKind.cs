using LoopBus.Testing.Databases;

namespace LoopBus.Chaos.Faults;

/// <summary>A kind of fault, and how often it is chosen against the others.</summary>
internal sealed record FaultKind(string Name, int Weight)
{
    public static FaultKind KillService { get; } = new("kill-service", 4);

    public static FaultKind StopService { get; } = new("stop-service", 4);

    public static FaultKind ExitAtPoint { get; } = new("exit-at-point", 12);

    public static FaultKind StopAtPoint { get; } = new("stop-at-point", 5);

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

    public static FaultKind FullDisk { get; } = new("full-disk", 2);

    public static FaultKind SetClock { get; } = new("set-clock", 3);

    /// <summary>Those that can strike: a SQL Server is somebody's, and is left alone but for the wires to it.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        KillService, StopService, ExitAtPoint, StopAtPoint, KillAtStatement, CutAtStatement, CutBroker, CutDatabase, Slow, Shuffle,
        KillBroker, RestartBroker, .. TestDatabase.IsOnSqlServer ? Array.Empty<FaultKind>() : [KillDatabase, StopDatabase, FullDisk], SetClock,
    ];

    /// <summary>Whether it is for a process that comes to a named point.</summary>
    public bool IsAtPoint => this == ExitAtPoint || this == StopAtPoint;

    /// <summary>Whether it lasts longer than leases now and then.</summary>
    public bool LastsLong => this == StopService || this == StopAtPoint || this == SetClock;
}
