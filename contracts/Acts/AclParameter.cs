namespace LoopBus.Contracts.Acts;

/// <summary>The names of FIPA's 13 message parameters (FIPA SC00061G), as they stand in message headers.</summary>
public static class AclParameter
{
    public const string Performative = "performative";
    public const string Sender = "sender";
    public const string Receiver = "receiver";
    public const string ReplyTo = "reply-to";
    public const string Content = "content";
    public const string Language = "language";
    public const string Encoding = "encoding";
    public const string Ontology = "ontology";
    public const string Protocol = "protocol";
    public const string ConversationId = "conversation-id";
    public const string ReplyWith = "reply-with";
    public const string InReplyTo = "in-reply-to";
    public const string ReplyBy = "reply-by";

    /// <summary>All 13; the content itself is the message's body, not a header.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Performative, Sender, Receiver, ReplyTo, Content, Language, Encoding, Ontology, Protocol, ConversationId, ReplyWith, InReplyTo, ReplyBy,
    ];
}
