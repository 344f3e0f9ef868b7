namespace LoopBus.Approval.Web;

/// <summary>One data protection key, so that every copy of the service reads every copy's cookies.</summary>
internal sealed class ProtectionKey
{
    public int Id { get; private set; }

    public required string Name { get; init; }

    public required string Xml { get; init; }
}
