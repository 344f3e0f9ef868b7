namespace LoopBus.Contracts.Approval;

/// <summary>Approval's leave for exactly one action: an ECDSA P-256 signature (base64) over the other fields.</summary>
public sealed record Grant(
    string TaskId,
    string StepId,
    string ActionHash,
    IReadOnlyList<string> Approvers,
    DateTimeOffset GrantedAt,
    DateTimeOffset ExpiresAt,
    string Signature);
