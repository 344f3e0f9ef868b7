using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Memory;

/// <summary>The facts that are shown: contradictions first, then the most relevant to what the run is at, the newer of equal ones first.</summary>
internal sealed record KnownFacts(string Text, string Contradictions, IReadOnlyList<string> Dropped)
{
    public static KnownFacts Of(IEnumerable<Fact> facts, string aim, int room)
    {
        var known = facts.Where(fact => fact is { Key: not null, Value: not null }).Index()
            .GroupBy(fact => (Key(fact.Item), Value(fact.Item)))
            .Select(same => (same.Last().Index, Fact: same.Last().Item))
            .ToList();
        var dropped = new List<string>();

        var against = known.GroupBy(fact => Key(fact.Fact), StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).OrderBy(same => same.Max(fact => fact.Index)).ToList();
        var contradictions = Take(
            against.Select(same => (same.Key, Lines.Of(new { key = same.Key, values = same.OrderBy(fact => fact.Index).Select(fact => new { value = fact.Fact.Value, source = fact.Fact.Source }) }))),
            room / 2,
            key => dropped.Add($"contradiction {key}"));

        var shown = contradictions.Select(line => line.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ranked = known.Where(fact => !shown.Contains(Key(fact.Fact)))
            .OrderByDescending(fact => WordOverlap.Of($"{fact.Fact.Key} {fact.Fact.Value}", aim)).ThenByDescending(fact => fact.Index);
        var lines = Take(
            ranked.Select(fact => (Key(fact.Fact), Lines.Of(new { key = fact.Fact.Key, value = fact.Fact.Value, source = fact.Fact.Source }))),
            room - contradictions.Sum(line => line.Line.Length + 1),
            key => dropped.Add($"fact {key}"));

        return new KnownFacts(Joined(lines), Joined(contradictions), dropped);
    }

    private static List<(string Key, string Line)> Take(IEnumerable<(string Key, string Line)> lines, int room, Action<string> drop)
    {
        var taken = new List<(string Key, string Line)>();
        foreach (var line in lines)
            if (line.Line.Length + 1 <= room)
            {
                taken.Add(line);
                room -= line.Line.Length + 1;
            }
            else
                drop(TextCut.Line(line.Key, 60));

        return taken;
    }

    private static string Joined(IEnumerable<(string Key, string Line)> lines) => string.Join('\n', lines.Select(line => line.Line));

    private static string Key(Fact fact) => Blanks.Normal(fact.Key);

    private static string Value(Fact fact) => Blanks.Normal(fact.Value);
}
