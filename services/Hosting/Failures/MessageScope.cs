using System.Collections;

namespace LoopBus.Hosting.Failures;

/// <summary>What every log line of a consumer says of its message.</summary>
internal sealed class MessageScope(AclParameters acl) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _fields =
        [new("run", acl.Run), new("conversation", acl.ConversationId), new("performative", acl.Performative)];

    public int Count => _fields.Length;

    public KeyValuePair<string, object?> this[int index] => _fields[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.AsEnumerable().GetEnumerator();

    // A logger writes a scope's text beside its fields.
    public override string ToString() => $"run:{acl.Run} conversation:{acl.ConversationId} performative:{acl.Performative}";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
