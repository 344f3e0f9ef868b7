namespace LoopBus.Persistence.Sagas;

/// <summary>The turns that one message has at the sagas it asked for, through all its attempts.</summary>
internal sealed class MessageTurns : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<(Turns Turns, Guid Saga)> had = [];

    private readonly HashSet<Guid> asked = [];

    /// <summary>The sagas that the message asked for.</summary>
    public IReadOnlyCollection<Guid> Asked => asked;

    public async Task Take(Turns turns, Guid saga, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            asked.Add(saga);
            if (had.Contains((turns, saga)))
                return;
        }
        if (!await turns.Take(saga, cancellationToken))
            return;
        lock (gate)
            had.Add((turns, saga));
    }

    /// <summary>The message is done with its sagas: others may go.</summary>
    public void Pass()
    {
        lock (gate)
        {
            foreach (var (turns, saga) in had)
                turns.Pass(saga);
            had.Clear();
        }
    }

    public void Dispose() => Pass();
}
