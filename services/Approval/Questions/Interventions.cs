using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Planning;

namespace LoopBus.Approval.Questions;

/// <summary>What a person gives a stuck run to go on with, as far as its packet lets them.</summary>
internal static class Interventions
{
    public const int MostFact = 1000;
    public const int MostSubgoal = 500;

    public static IReadOnlyList<InvariantStatus> Failing(Packet packet) =>
        [.. (packet.Invariants ?? []).Where(invariant => !invariant.Holds && !invariant.Relaxed)];

    public static EntryProblem? Read(Entry entry, Packet? packet, string by, out Intervention? intervention)
    {
        intervention = null;
        var problem = EntryText.Read("fact", "The fact", entry.Fact, MostFact, out var fact);
        if (problem is not null)
            return problem;
        problem = EntryText.Read("subgoal", "The subgoal", entry.Subgoal, MostSubgoal, out var subgoal);
        if (problem is not null)
            return problem;

        var given = new Intervention(fact, subgoal, entry.Relax.Count == 0 ? null : entry.Relax, by);
        if (Field(given) is not { } field)
            return null;

        problem = Problem(entry, packet, field);
        intervention = problem is null ? given : null;
        return problem;
    }

    private static EntryProblem? Problem(Entry entry, Packet? packet, string field)
    {
        if (packet is null)
            return new(field, $"No model plans this run, so it can take no {Words(field)}. Decide only whether it goes on.");
        if (entry.Decision != Entry.Accept)
            return new(field, $"You gave the run a {Words(field)} to go on with, and gave it up. Take that back to give it up, or let it go on.");

        var failing = Failing(packet);
        return entry.Relax.FirstOrDefault(name => !failing.Any(invariant => invariant.Name == name)) is { } other
            ? new("relax", $"The invariant '{other}' can not be relaxed: it is none of those that fail here.")
            : null;
    }

    private static string? Field(Intervention given) => given switch
    {
        { Fact: not null } => "fact",
        { Subgoal: not null } => "subgoal",
        { Relax: not null } => "relax",
        _ => null,
    };

    private static string Words(string field) => field == "relax" ? "relaxed invariant" : field;
}
