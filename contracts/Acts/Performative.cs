using System.Collections.Frozen;

namespace LoopBus.Contracts.Acts;

/// <summary>The names of FIPA's 22 communicative acts (FIPA SC00037J), and which record is which.</summary>
public static class Performative
{
    public const string AcceptProposal = "accept-proposal";
    public const string Agree = "agree";
    public const string Cancel = "cancel";
    public const string CallForProposal = "cfp";
    public const string Confirm = "confirm";
    public const string Disconfirm = "disconfirm";
    public const string Failure = "failure";
    public const string Inform = "inform";
    public const string InformIf = "inform-if";
    public const string InformRef = "inform-ref";
    public const string NotUnderstood = "not-understood";
    public const string Propose = "propose";
    public const string QueryIf = "query-if";
    public const string QueryRef = "query-ref";
    public const string Refuse = "refuse";
    public const string RejectProposal = "reject-proposal";
    public const string Request = "request";
    public const string RequestWhen = "request-when";
    public const string RequestWhenever = "request-whenever";
    public const string Subscribe = "subscribe";
    public const string Proxy = "proxy";
    public const string Propagate = "propagate";

    private static readonly FrozenDictionary<Type, string> ByAct = new Dictionary<Type, string>
    {
        [typeof(AcceptProposal<>)] = AcceptProposal,
        [typeof(Agree<>)] = Agree,
        [typeof(Cancel<>)] = Cancel,
        [typeof(CallForProposal<>)] = CallForProposal,
        [typeof(Confirm<>)] = Confirm,
        [typeof(Disconfirm<>)] = Disconfirm,
        [typeof(Failure<>)] = Failure,
        [typeof(Inform<>)] = Inform,
        [typeof(InformIf<>)] = InformIf,
        [typeof(InformRef<>)] = InformRef,
        [typeof(NotUnderstood<>)] = NotUnderstood,
        [typeof(Propose<>)] = Propose,
        [typeof(QueryIf<>)] = QueryIf,
        [typeof(QueryRef<>)] = QueryRef,
        [typeof(Refuse<>)] = Refuse,
        [typeof(RejectProposal<>)] = RejectProposal,
        [typeof(Request<>)] = Request,
        [typeof(RequestWhen<>)] = RequestWhen,
        [typeof(RequestWhenever<>)] = RequestWhenever,
        [typeof(Subscribe<>)] = Subscribe,
        [typeof(Proxy<>)] = Proxy,
        [typeof(Propagate<>)] = Propagate,
    }.ToFrozenDictionary();

    /// <summary>All 22, by name.</summary>
    public static FrozenSet<string> All { get; } = ByAct.Values.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The performative of an act's type (<c>Request&lt;ExecuteStep&gt;</c> is <c>request</c>), or null where the type is no act.</summary>
    public static string? Of(Type act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act.IsGenericType && ByAct.TryGetValue(act.GetGenericTypeDefinition(), out var name) ? name : null;
    }
}
