namespace LoopBus.Loops.Refining;

/// <summary>Whether a result that was not found good is mended once more: a pure rule.</summary>
public static class Refinement
{
    /// <summary>The first time as the loop allows; from the second on only where the time before brought it nearer, as measured. A gain that nobody measured is none.</summary>
    /// <param name="refined">How often it was mended already.</param>
    /// <param name="most">How often the loop allows it.</param>
    /// <param name="before">How far the result was from being good before it was mended last.</param>
    public static bool IsWorthwhile(int refined, int most, Distance? before, Distance now)
    {
        ArgumentNullException.ThrowIfNull(now);

        return refined < most && (refined == 0 || (before is { } was && now.IsNearerThan(was)));
    }
}
