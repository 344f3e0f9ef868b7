namespace LoopBus.Loops.Memory;

/// <summary>Divides room among texts: those that fit stay whole, the others get the same each.</summary>
internal static class Shares
{
    /// <returns>The most that one of them may have, so that all together fit; <see cref="int.MaxValue"/> where they all fit whole.</returns>
    public static int Most(IEnumerable<int> lengths, int room)
    {
        var sorted = lengths.Order().ToList();
        var left = Math.Max(0, room);

        for (var i = 0; i < sorted.Count; i++)
        {
            var share = left / (sorted.Count - i);
            if (sorted[i] > share)
                return share;
            left -= sorted[i];
        }

        return int.MaxValue;
    }
}
