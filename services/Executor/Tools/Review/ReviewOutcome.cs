namespace LoopBus.Executor.Tools.Review;

/// <summary>
/// The review of a range: Verdict is approve (all read, nothing found), comment or request-changes (a critical finding). Findings are those that are sure enough,
/// the most severe first, fewer than 50; Omitted counts the sure ones that found no room.
/// </summary>
internal sealed record ReviewOutcome(
    string Verdict,
    string Summary,
    string Base,
    string Head,
    IReadOnlyList<string> Files,
    IReadOnlyList<Finding> Findings,
    int Omitted,
    ReviewCounts Counts
);
