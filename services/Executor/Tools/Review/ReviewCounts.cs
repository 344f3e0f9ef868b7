namespace LoopBus.Executor.Tools.Review;

/// <summary>How many sure findings there are of each severity (the omitted too), how many were too unsure to be posted, and how much was read.</summary>
internal sealed record ReviewCounts(int Critical, int High, int Medium, int Low, int Unsure, int Files, int Skipped, int AddedLines)
{
    public int Sure => Critical + High + Medium + Low;

    public static ReviewCounts Of(IReadOnlyList<FileReview> reviews, IReadOnlyList<Finding> sure, int unsure) =>
        new(
            sure.Count(finding => finding.Severity == Severity.Critical),
            sure.Count(finding => finding.Severity == Severity.High),
            sure.Count(finding => finding.Severity == Severity.Medium),
            sure.Count(finding => finding.Severity == Severity.Low),
            unsure,
            reviews.Count,
            reviews.Count(review => review.Skipped is not null),
            reviews.Sum(review => review.AddedLines)
        );
}
