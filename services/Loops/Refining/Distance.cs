namespace LoopBus.Loops.Refining;

/// <summary>How far a result was from being found good: checks that were not asked, since one before them did not hold, and checks that did not hold.</summary>
public sealed record Distance(int Unasked, int Failing)
{
    /// <summary>What was not asked counts first: a check that is asked at last may show more that is wrong, and is a gain all the same.</summary>
    public bool IsNearerThan(Distance other)
    {
        ArgumentNullException.ThrowIfNull(other);

        return Unasked < other.Unasked || (Unasked == other.Unasked && Failing < other.Failing);
    }
}
