namespace LoopBus.Coordinator;

/// <summary>Codes of reasons that the coordinator acts on.</summary>
internal static class ReasonCodes
{
    public const string InDoubt = "in-doubt";
    public const string Expired = "expired";
    public const string NoAnswer = "no-answer";
}
