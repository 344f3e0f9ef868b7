namespace LoopBus.Chaos.People;

/// <summary>What a form asks a person.</summary>
internal sealed record Asked(AskedAbout About, string Task, string Step, string Tool);

internal enum AskedAbout
{
    Action,
    Doubt,
    Escalation,
}
