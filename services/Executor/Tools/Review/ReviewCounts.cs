using LoopBus.Executor.Tools.Review.Asking;

namespace LoopBus.Executor.Tools.Review;

/// <summary>How many sure findings there are of each severity (the omitted too), how many were too unsure to be posted, how much was read, and what a model had to do with it.</summary>
internal sealed record ReviewCounts(int Critical, int High, int Medium, int Low, int Unsure, int Files, int Skipped, int AddedLines, int Known = 0, int Model = 0, int Agreed = 0)
{
    public int Sure => Critical + High + Medium + Low;

    public static ReviewCounts Of(IReadOnlyList<FileReview> reviews, IReadOnlyList<Finding> sure, int unsure, int known, int agreed) =>
        new(
            sure.Count(finding => finding.Severity == Severity.Critical),
            sure.Count(finding => finding.Severity == Severity.High),
            sure.Count(finding => finding.Severity == Severity.Medium),
            sure.Count(finding => finding.Severity == Severity.Low),
            unsure,
            reviews.Count,
            reviews.Count(review => review.Skipped is not null),
            reviews.Sum(review => review.AddedLines),
            known,
            sure.Count(finding => finding.Rule.StartsWith(Grounding.Area, StringComparison.Ordinal)),
            agreed
        );
}
