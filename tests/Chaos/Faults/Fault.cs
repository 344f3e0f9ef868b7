namespace LoopBus.Chaos.Faults;

/// <summary>One fault of the schedule: when, what, to which member of the stack, how long, a number that the kind gives a meaning, and the point that is dealt to it.</summary>
internal sealed record Fault(int Number, TimeSpan At, FaultKind Kind, int Member, TimeSpan Length, int Count, CrashPoint? Point = null)
{
    /// <summary>Whether the process stands still at its point, and does not die at once.</summary>
    public bool Stops => Kind == FaultKind.StopAtPoint;

    public string Order => $"{Point!.Name}:{Count % Point.Most}{(Stops ? ":stop" : "")}";

    public override string ToString() => $"{Number} {At.TotalSeconds:0.0} s {Kind.Name} member {Member} {Length.TotalSeconds:0.0} s, {Count} {(Point is null ? "" : Order)}";
}
