using LoopBus.Executor.Tools.Git;

namespace LoopBus.Executor.Tools.Review;

/// <summary>Code changed and no test did: one finding for the range, at the file that changed most.</summary>
internal static class MissingTests
{
    private const int Much = 50;

    public static FileReview? In(IReadOnlyList<FileReview> reviews) =>
        reviews.Any(review => review.IsTest)
            ? null
            : reviews
                .Where(review =>
                    review is { CodeChanged: true, AddedLines: > 0, FirstLine: not null }
                    && Language.IsCode(review.Language)
                    && !FileKind.IsGenerated(review.File)
                )
                .OrderByDescending(review => review.AddedLines)
                .FirstOrDefault();

    public static Finding Finding(IReadOnlyList<FileReview> reviews, FileReview largest, Source text)
    {
        var lines = reviews.Where(review => review.CodeChanged && Language.IsCode(review.Language)).Sum(review => review.AddedLines);
        return new(
            largest.File,
            largest.FirstLine!.Value,
            Side.New,
            "tests/missing",
            lines >= Much ? Severity.Medium : Severity.Low,
            0.7,
            $"{(lines == 1 ? "One line of code is" : $"{lines} lines of code are")} new or changed, and no test is: add or change one that would fail without this change.",
            text.Line(largest.FirstLine.Value)
        );
    }
}
