namespace LoopBus.Approval.Questions;

/// <summary>Codes of the reasons that the service rejects proposals with; the coordinator acts on them.</summary>
internal static class ReasonCodes
{
    public const string Rejected = "rejected";
    public const string Edited = "edited";
    public const string Expired = "expired";
    public const string HashMismatch = "hash-mismatch";
}
