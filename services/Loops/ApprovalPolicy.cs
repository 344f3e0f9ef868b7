namespace LoopBus.Loops;

/// <summary>How people decide a loop's gated steps: how many, for how many seconds, and whether an expiry rejects or escalates.</summary>
public sealed record ApprovalPolicy(int Quorum = 1, double ExpirySeconds = 24 * 3600, string OnExpiry = "reject");
