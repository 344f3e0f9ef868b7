namespace LoopBus.ModelServer.Calls;

/// <summary>The calls in the order in which they came: the oldest are dropped when they are too many or too long.</summary>
public sealed class Journal
{
    private readonly int callLimit;
    private readonly long characterLimit;
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Call> calls = [];
    private long last;
    private long dropped;
    private long characters;

    internal Journal(int callLimit, long characterLimit) => (this.callLimit, this.characterLimit) = (callLimit, characterLimit);

    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (gate)
                return [.. calls.Values];
        }
    }

    /// <summary>How many calls the journal no longer has.</summary>
    public long Dropped
    {
        get
        {
            lock (gate)
                return dropped;
        }
    }

    /// <summary>How many of the calls that it has say this text in a message.</summary>
    public int Count(string contains) => Calls.Count(call => call.Says(contains));

    public void Clear()
    {
        lock (gate)
        {
            calls.Clear();
            (dropped, characters) = (0, 0);
        }
    }

    internal long Add(Call call)
    {
        lock (gate)
        {
            calls.Add(++last, call with { Number = last });
            characters += call.Characters;
            while (calls.Count > callLimit || (characters > characterLimit && calls.Count > 1))
                Drop();
            return last;
        }
    }

    /// <summary>Writes down what became of a call; one that was dropped or cleared stays away.</summary>
    internal void Change(long number, Func<Call, Call> change)
    {
        lock (gate)
        {
            if (calls.TryGetValue(number, out var call))
                calls[number] = change(call);
        }
    }

    private void Drop()
    {
        var (number, call) = calls.First();
        calls.Remove(number);
        characters -= call.Characters;
        dropped++;
    }
}
