namespace LoopBus.Contracts.Acts;

/// <summary>Where a conversation stands in its protocol. A value of plain words: it can be stored with whatever the conversation is about.</summary>
public sealed record ConversationState(string Protocol, string State, Utterance? Last)
{
    /// <summary>Whether the protocol has come to its end; a not-understood of the last act may still follow.</summary>
    public bool IsEnded => State == global::LoopBus.Contracts.Acts.Protocol.Ended;

    public static ConversationState Begin(Protocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return new ConversationState(protocol.Name, global::LoopBus.Contracts.Acts.Protocol.Start, null);
    }

    /// <summary>What may be said next, by whom.</summary>
    public IReadOnlyList<Utterance> Legal() =>
        [.. Rows().Select(row => new Utterance(row.By, row.Performative)).Distinct()];

    public bool IsLegal(Role by, string performative) => Next(by, performative) is not null;

    /// <summary>The state after this act.</summary>
    /// <exception cref="InvalidOperationException">The act is not legal now; the message names those that are.</exception>
    public ConversationState Advance(Role by, string performative) =>
        Next(by, performative) is { } row
            ? new ConversationState(Protocol, row.To, new Utterance(by, performative))
            : throw new InvalidOperationException(
                $"In {Protocol}, {State}, the {by} may not say {performative}. Legal now: {string.Join(", ", Legal().Select(act => $"{act.By} {act.Performative}"))}.");

    private Transition? Next(Role by, string performative) =>
        Rows().FirstOrDefault(row => row.By == by && row.Performative == performative);

    private IEnumerable<Transition> Rows() =>
        (Protocols.Find(Protocol) ?? throw new InvalidOperationException($"There is no protocol {Protocol}.")).From(State, Last);
}
