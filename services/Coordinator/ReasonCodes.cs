namespace LoopBus.Coordinator;

/// <summary>Codes of reasons that the coordinator acts on.</summary>
internal static class ReasonCodes
{
    public const string InDoubt = "in-doubt";
    public const string Expired = "expired";
    public const string Rejected = "rejected";
    public const string NoAnswer = "no-answer";
    public const string BudgetExceeded = "budget-exceeded";
    public const string PlanBreaksRules = "plan-breaks-rules";
    public const string TooLate = "too-late";
    public const string GrantExpired = "grant-expired";
    public const string NoQuorum = "no-quorum";
}
