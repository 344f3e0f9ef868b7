namespace LoopBus.Chaos.Faults;

/// <summary>One fault of the schedule: when, what, to which member of the stack, how long, and a number and a word that the kind gives a meaning.</summary>
internal sealed record Fault(int Number, TimeSpan At, FaultKind Kind, int Member, TimeSpan Length, int Count, string Point)
{
    public override string ToString() => $"{Number} {At.TotalSeconds:0.0} s {Kind.Name} member {Member} {Length.TotalSeconds:0.0} s, {Count} {Point}";
}
