namespace LoopBus.Models;

/// <summary>Answers that this process has and the database has not, as long as it is away: the message that asked comes again, and nobody pays twice.</summary>
internal sealed class UnkeptAnswers
{
    private const int Most = 256;

    private readonly Lock gate = new();
    private readonly LinkedList<ModelCall> held = [];

    public ModelCall? Find(string key, string prompt)
    {
        lock (gate)
            return held.FirstOrDefault(call => call.Key == key && call.Prompt == prompt);
    }

    public void Hold(ModelCall call)
    {
        lock (gate)
        {
            if (!held.Contains(call))
                held.AddFirst(call);
            if (held.Count > Most)
                held.RemoveLast();
        }
    }

    public void Release(ModelCall call)
    {
        lock (gate)
            held.Remove(call);
    }
}
