using System.Collections.Frozen;

namespace LoopBus.Contracts.Acts;

/// <summary>The interaction protocols, by FIPA's names.</summary>
public static class Protocols
{
    public const string Request = "fipa-request";
    public const string Query = "fipa-query";
    public const string RequestWhen = "fipa-request-when";
    public const string Propose = "fipa-propose";
    public const string ContractNet = "fipa-contract-net";
    public const string IteratedContractNet = "fipa-iterated-contract-net";
    public const string Subscribe = "fipa-subscribe";

    /// <summary>Ours: a request whose answer is a proposal that the initiator accepts or rejects. FIPA would open a second conversation for it.</summary>
    public const string Planning = "loopbus-planning";

    private const string Requested = "requested";
    private const string Agreed = "agreed";
    private const string Proposed = "proposed";
    private const string Called = "called";
    private const string Accepted = "accepted";

    private static readonly FrozenDictionary<string, Protocol> ByName = new Protocol[]
    {
        new(Request, "FIPA SC00026H",
        [
            I(Protocol.Start, Performative.Request, Requested),
            P(Requested, Performative.Refuse, Protocol.Ended),
            P(Requested, Performative.Agree, Agreed),
            P(Requested, Performative.Inform, Protocol.Ended),
            P(Requested, Performative.Failure, Protocol.Ended),
            P(Agreed, Performative.Inform, Protocol.Ended),
            P(Agreed, Performative.Failure, Protocol.Ended),
        ]),
        new(Query, "FIPA SC00027H; a person's confirm or disconfirm answers a query-if too",
        [
            I(Protocol.Start, Performative.QueryIf, "asked-if"),
            I(Protocol.Start, Performative.QueryRef, Requested),
            P("asked-if", Performative.Refuse, Protocol.Ended),
            P("asked-if", Performative.Agree, "agreed-if"),
            P("asked-if", Performative.Inform, Protocol.Ended),
            P("asked-if", Performative.Confirm, Protocol.Ended),
            P("asked-if", Performative.Disconfirm, Protocol.Ended),
            P("asked-if", Performative.Failure, Protocol.Ended),
            P("agreed-if", Performative.Inform, Protocol.Ended),
            P("agreed-if", Performative.Confirm, Protocol.Ended),
            P("agreed-if", Performative.Disconfirm, Protocol.Ended),
            P("agreed-if", Performative.Failure, Protocol.Ended),
            P(Requested, Performative.Refuse, Protocol.Ended),
            P(Requested, Performative.Agree, Agreed),
            P(Requested, Performative.Inform, Protocol.Ended),
            P(Requested, Performative.Failure, Protocol.Ended),
            P(Agreed, Performative.Inform, Protocol.Ended),
            P(Agreed, Performative.Failure, Protocol.Ended),
        ]),
        new(RequestWhen, "FIPA SC00028H; the refuse after agree is of SC00037J, section 3.20: it can no longer honour it",
        [
            I(Protocol.Start, Performative.RequestWhen, Requested),
            P(Requested, Performative.Refuse, Protocol.Ended),
            P(Requested, Performative.Agree, Agreed),
            P(Agreed, Performative.Inform, Protocol.Ended),
            P(Agreed, Performative.Failure, Protocol.Ended),
            P(Agreed, Performative.Refuse, Protocol.Ended),
        ]),
        new(Propose, "FIPA SC00036H",
        [
            I(Protocol.Start, Performative.Propose, Proposed),
            P(Proposed, Performative.AcceptProposal, Protocol.Ended),
            P(Proposed, Performative.RejectProposal, Protocol.Ended),
        ]),
        new(ContractNet, "FIPA SC00029H", ContractNetRows),
        new(IteratedContractNet, "FIPA SC00030H",
        [
            .. ContractNetRows,
            I(Proposed, Performative.CallForProposal, Called),
        ]),
        new(Subscribe, "FIPA SC00035H; an inform without an agree before it agrees, a failure ends the subscription",
        [
            I(Protocol.Start, Performative.Subscribe, Requested),
            P(Requested, Performative.Refuse, Protocol.Ended),
            P(Requested, Performative.Agree, Agreed),
            P(Requested, Performative.Inform, Agreed),
            P(Requested, Performative.Failure, Protocol.Ended),
            P(Agreed, Performative.Inform, Agreed),
            P(Agreed, Performative.Failure, Protocol.Ended),
        ]),
        new(Planning, "LoopBus",
        [
            I(Protocol.Start, Performative.Request, Requested),
            P(Requested, Performative.Refuse, Protocol.Ended),
            P(Requested, Performative.Failure, Protocol.Ended),
            P(Requested, Performative.Propose, Proposed),
            I(Proposed, Performative.AcceptProposal, Protocol.Ended),
            I(Proposed, Performative.RejectProposal, Protocol.Ended),
        ]),
    }.ToFrozenDictionary(protocol => protocol.Name, StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Protocol> All { get; } = [.. ByName.Values.OrderBy(protocol => protocol.Name, StringComparer.Ordinal)];

    private static Transition[] ContractNetRows =>
    [
        I(Protocol.Start, Performative.CallForProposal, Called),
        P(Called, Performative.Propose, Proposed),
        P(Called, Performative.Refuse, Protocol.Ended),
        P(Called, Performative.Failure, Protocol.Ended),
        I(Proposed, Performative.AcceptProposal, Accepted),
        I(Proposed, Performative.RejectProposal, Protocol.Ended),
        P(Accepted, Performative.Inform, Protocol.Ended),
        P(Accepted, Performative.Failure, Protocol.Ended),
    ];

    /// <summary>The protocol of this name, or null.</summary>
    public static Protocol? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>
    /// Whether an act may follow those said until now, by whichever role: for those who keep a conversation's performatives only.
    /// False too where the protocol is unknown.
    /// </summary>
    public static bool IsLegal(string protocol, IEnumerable<string> said, string? performative)
    {
        ArgumentNullException.ThrowIfNull(said);
        if (Find(protocol) is not { } machine || performative is null)
            return false;

        IEnumerable<ConversationState> states = [ConversationState.Begin(machine)];
        foreach (var act in said.Append(performative))
            states = states.SelectMany(state => Enum.GetValues<Role>().Where(by => state.IsLegal(by, act)).Select(by => state.Advance(by, act))).Distinct().ToList();
        return states.Any();
    }

    private static Transition I(string from, string performative, string to) => new(from, Role.Initiator, performative, to);

    private static Transition P(string from, string performative, string to) => new(from, Role.Participant, performative, to);
}
