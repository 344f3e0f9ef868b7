namespace LoopBus.Models;

/// <summary>Lets one ask a question at a time in this process: who comes while it is asked waits, and finds the answer in the journal.</summary>
internal sealed class QuestionTurns
{
    private readonly Dictionary<string, Turn> turns = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public async Task<IDisposable> Take(string key, CancellationToken cancellationToken)
    {
        Turn? turn;
        lock (gate)
        {
            if (!turns.TryGetValue(key, out turn))
                turns.Add(key, turn = new Turn(this, key));
            turn.Wanted++;
        }

        try
        {
            await turn.Free.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(turn);
            throw;
        }

        return turn;
    }

    private void Leave(Turn turn)
    {
        lock (gate)
        {
            if (--turn.Wanted > 0)
                return;
            turns.Remove(turn.Key);
        }

        turn.Free.Dispose();
    }

    private sealed class Turn(QuestionTurns turns, string key) : IDisposable
    {
        public string Key => key;

        public SemaphoreSlim Free { get; } = new(1);

        public int Wanted { get; set; }

        public void Dispose()
        {
            Free.Release();
            turns.Leave(this);
        }
    }
}
