namespace LoopBus.Contracts.Acts;

/// <summary>
/// An interaction protocol between an initiator and one participant, as a table. Beside its own rows, each protocol has FIPA's cancel
/// meta-protocol (the initiator may cancel at any time while the conversation is open) and not-understood (whoever was spoken to may say it
/// of any act but of a not-understood).
/// </summary>
public sealed record Protocol(string Name, string Source, IReadOnlyList<Transition> Transitions)
{
    public const string Start = "start";
    public const string Cancelling = "cancelling";
    public const string Ended = "ended";

    private static readonly Transition[] CancelMeta =
    [
        new(Cancelling, Role.Participant, Performative.Inform, Ended),
        new(Cancelling, Role.Participant, Performative.Failure, Ended),
    ];

    /// <summary>Whether the protocol has the act at all, in whatever state.</summary>
    public bool Knows(string performative) =>
        performative is Performative.Cancel or Performative.NotUnderstood
        || Transitions.Concat(CancelMeta).Any(row => row.Performative == performative);

    /// <summary>What may be said next after a history that is itself legal.</summary>
    /// <exception cref="InvalidOperationException">The history is not legal; the message names the first act that is not.</exception>
    public IReadOnlyList<Utterance> Legal(IEnumerable<Utterance> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Aggregate(ConversationState.Begin(this), (state, said) => state.Advance(said.By, said.Performative)).Legal();
    }

    internal IEnumerable<Transition> From(string state, Utterance? last)
    {
        foreach (var row in Transitions.Concat(CancelMeta))
        {
            if (row.From == state)
                yield return row;
        }

        if (state is not (Start or Cancelling or Ended))
            yield return new Transition(state, Role.Initiator, Performative.Cancel, Cancelling);
        if (last is not null && last.Performative != Performative.NotUnderstood)
            yield return new Transition(state, last.By == Role.Initiator ? Role.Participant : Role.Initiator, Performative.NotUnderstood, Ended);
    }
}
