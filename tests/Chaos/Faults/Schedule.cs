namespace LoopBus.Chaos.Faults;

/// <summary>Which faults strike when: made of the seed alone, before anything begins.</summary>
internal static class Schedule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<Fault> Of(int seed, TimeSpan length, IReadOnlyList<FaultKind> kinds, int members)
    {
        var random = new Random(seed);
        var faults = new List<Fault>();
        var deck = new Queue<CrashPoint>();
        for (var at = First; kinds.Count > 0 && at < length; at += TimeSpan.FromSeconds(2 + (4 * random.NextDouble())))
        {
            var kind = Pick(random, kinds);
            faults.Add(new Fault(faults.Count, at, kind, random.Next(members), Length(kind, random), random.Next(60), kind.IsAtPoint ? Deal(deck, random) : null));
        }

        return faults;
    }

    // Each point comes before any comes again.
    private static CrashPoint Deal(Queue<CrashPoint> deck, Random random)
    {
        if (deck.Count == 0)
        {
            foreach (var point in CrashPoint.All.OrderBy(_ => random.Next()).ToList())
                deck.Enqueue(point);
        }

        return deck.Dequeue();
    }

    private static FaultKind Pick(Random random, IReadOnlyList<FaultKind> kinds)
    {
        var place = random.Next(kinds.Sum(kind => kind.Weight));
        return kinds.First(kind => (place -= kind.Weight) < 0);
    }

    // Some pauses are longer than a lease of the executor (15 s) and of the outbox (30 s), most are short.
    private static TimeSpan Length(FaultKind kind, Random random)
    {
        var share = random.NextDouble();
        return TimeSpan.FromSeconds(kind.LastsLong ? share switch { < 0.6 => 5 * share, < 0.85 => 18, _ => 33 } : 1 + (4 * share));
    }
}
