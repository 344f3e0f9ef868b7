using LoopBus.Contracts.Planning;
using LoopBus.Loops.Prompts;

namespace LoopBus.Loops.Memory;

/// <summary>Chooses what a model is shown of a run before it decides: a pure function, and never more than the loop's context has room for.</summary>
public static class WorkingMemory
{
    // Of the loop's tokens: three tenths for what was observed, a tenth for facts, a tenth for what is said to the planner. The rest is the prompt's own.
    private const int OfTenths = 10;
    private const int Observations = 3;
    private const int Facts = 1;
    private const int Said = 1;
    private const int All = Observations + Facts + Said;

    private const int MostDropped = 20;

    /// <param name="asked">With its turns, facts, guidance and invariants.</param>
    /// <param name="taken">The tokens that the rest of the prompt takes.</param>
    /// <param name="anchor">What a model made of the older turns, where one did.</param>
    public static RunView Of(MakePlan asked, LoopDefinition loop, int taken = 0, Anchor? anchor = null)
    {
        var policy = loop.Context ?? new ContextPolicy();
        var turns = (asked.Turns ?? []).Where(turn => turn is not null).ToList();
        var budget = Budget(policy, taken) / (IsHalved(asked, loop) ? 2 : 1);
        var tenth = budget * TokenEstimate.CharactersPerToken / All;

        var seen = Seen(turns, policy, tenth * Observations, anchor);
        var facts = KnownFacts.Of(asked.Facts ?? [], Aim(asked, loop), Math.Max(0, (tenth * Facts) - Fenced("facts") - Fenced("contradictions")));
        var guidance = HeardGuidance.Of(asked.Guidance ?? [], tenth * Said);

        var view = new RunView(seen.Earlier, seen.Last, facts.Text, facts.Contradictions, guidance.Texts, new ContextUse(0, budget, seen.Last.Count, turns.Count - seen.Last.Count, []));

        return view with
        {
            Use = view.Use with
            {
                Tokens = TokenEstimate.Of(Length(view)),
                Dropped = Named([.. seen.Dropped, .. facts.Dropped, .. guidance.Dropped]),
                Reanchored = anchor?.IsNew ?? (turns.Count > 0 && turns.Count % Round(policy) == 0 && Anchored(turns.Count, policy) > 0),
            },
        };
    }

    /// <summary>How many of the first turns are summed up anew, and then left so until the next time; 0 where it is too early.</summary>
    public static int Anchored(int turns, ContextPolicy policy) => Math.Max(0, (turns / Round(policy) * Round(policy)) - policy.Verbatim);

    /// <summary>The turns as whoever sums them up reads them: whole or cut, and where they are too many for that, a line each.</summary>
    /// <param name="room">In characters, the marks around each text counted.</param>
    public static IReadOnlyList<string> Material(IReadOnlyList<Turn> turns, int room)
    {
        var (count, most) = LastTurns.Fit(turns, turns.Count, room, _ => 0);

        return count == turns.Count ? LastTurns.Of(turns, most).Texts : [EarlierTurns.Of(turns, null, Math.Max(0, room - Fenced(LastTurns.Mark))).Text];
    }

    /// <summary>What the run is at, by its people, else by its planner, else by its task.</summary>
    public static string Aim(MakePlan asked, LoopDefinition loop) =>
        asked.Guidance?.LastOrDefault(one => one is { Kind: "subgoal" })?.Text
        ?? asked.Turns?.LastOrDefault(turn => turn is { Subgoal.Length: > 0 })?.Subgoal
        ?? loop.Task ?? "";

    /// <summary>How many characters a view has as a prompt shows it.</summary>
    public static int Length(RunView view) =>
        One("earlier", view.Earlier) + LastTurns.Length(view.Last) + One("facts", view.Facts) + One("contradictions", view.Contradictions) + HeardGuidance.Length(view.Guidance);

    private static (string Earlier, IReadOnlyList<string> Last, IReadOnlyList<string> Dropped) Seen(List<Turn> turns, ContextPolicy policy, int room, Anchor? anchor)
    {
        // Older turns keep a third: without them the planner does again what it did.
        var (count, most) = LastTurns.Fit(turns, policy.Verbatim, room, older => older == 0 ? 0 : Fenced("earlier") + EarlierTurns.Length(Untold(older), Told(older), room / 3));
        var earlier = turns.Count - count;
        var (last, cut) = LastTurns.Of(turns.GetRange(earlier, count), most);
        var (summary, rest) = earlier == 0 ? ("", []) : EarlierTurns.Of(Untold(earlier), Told(earlier), Math.Max(0, room - LastTurns.Length(last) - Fenced("earlier")));

        return (summary, last, rest.Count == 0 ? cut : [$"{rest[0].StepId} to {rest[^1].StepId}", .. cut]);

        string? Told(int older) => anchor is { Turns: var told } && told <= older ? anchor.Text : null;

        List<Turn> Untold(int older) => Told(older) is null ? turns.GetRange(0, older) : turns.GetRange(anchor!.Turns, older - anchor.Turns);
    }

    private static int Budget(ContextPolicy policy, int taken) => (int)Math.Max(0, Math.Min((long)policy.Tokens * All / OfTenths, policy.Tokens - (long)taken));

    private static bool IsHalved(MakePlan asked, LoopDefinition loop) => (asked.Invariants ?? []).Any(status =>
        status is { Holds: false, Relaxed: false } && (loop.Invariants ?? []).Any(rule => rule.Name == status.Name && rule.Remedy == Remedies.Summarize));

    private static IReadOnlyList<string> Named(IReadOnlyList<string> dropped) =>
        dropped.Count <= MostDropped ? dropped : [.. dropped.Take(MostDropped), $"{dropped.Count - MostDropped} more"];

    // A definition comes over the bus.
    private static int Round(ContextPolicy policy) => Math.Max(1, policy.Reanchor);

    private static int One(string mark, string text) => text.Length == 0 ? 0 : text.Length + Fenced(mark);

    private static int Fenced(string mark) => Fence.Length(mark, 0) + 1;
}
