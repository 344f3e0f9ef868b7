using LoopBus.Contracts.Planning;
using LoopBus.Loops.Prompts;

namespace LoopBus.Loops.Memory;

/// <summary>What is said to the planner, in the order in which it was said; where it is too much, people come before rules and critics, and the newer before the older.</summary>
internal sealed record HeardGuidance(IReadOnlyList<string> Texts, IReadOnlyList<string> Dropped)
{
    public const string Mark = "guidance";

    private static readonly int Around = Fence.Length(Mark, 0) + 1;

    public static HeardGuidance Of(IEnumerable<Guidance> guidance, int room)
    {
        var said = guidance.Where(one => one is { Kind: not null, Text: not null }).Index().ToList();
        var shown = new SortedDictionary<int, string>();
        var dropped = new List<string>();

        foreach (var (index, one) in said.OrderByDescending(one => OfPeople(one.Item)).ThenByDescending(one => one.Index))
            // Half of what is left, so that one long word is not the only one.
            if (Lines.Fit(one.Text, Math.Max(room / 2, Math.Min(room, 600)) - Around, text => new { kind = one.Kind, by = one.By, text }) is { } line)
            {
                shown.Add(index, line);
                room -= line.Length + Around;
            }
            else
                dropped.Add($"guidance {index + 1} ({TextCut.Line(one.Kind, 20)})");

        return new HeardGuidance([.. shown.Values], dropped);
    }

    public static int Length(IEnumerable<string> texts) => texts.Sum(text => text.Length + Around);

    private static bool OfPeople(Guidance one) => one.Kind is "fact" or "subgoal";
}
