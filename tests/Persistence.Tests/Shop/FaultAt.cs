namespace LoopBus.Persistence.Tests.Shop;

/// <summary>Ends the unit of work at one point, a number of times.</summary>
internal sealed class FaultAt(CommitPoint point, int times = 1) : ICommitFault
{
    private int left = times;

    public void Reached(CommitPoint reached)
    {
        if (reached == point && Interlocked.Decrement(ref left) >= 0)
            throw new InvalidOperationException($"Crashed at {point}.");
    }
}
