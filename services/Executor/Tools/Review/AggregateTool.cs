using System.Text.Json;
using LoopBus.Executor.FalsePositives;
using LoopBus.Executor.Tools.Git;
using LoopBus.Executor.Tools.Review.Asking;
using LoopBus.Hosting.Git;

namespace LoopBus.Executor.Tools.Review;

/// <summary>review.aggregate: makes one review of the files' reviews; each changed file must have exactly one.</summary>
internal sealed class AggregateTool(GitRepositories repositories) : ITool
{
    private const int MostPosted = 49;
    private const double SureAbove = 0.6;

    public string Name => "review.aggregate";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) =>
        Aggregate(ToolJson.Read<Input>(call), cancellationToken).AsToolFailures();

    private async Task<JsonElement> Aggregate(Input input, CancellationToken cancellationToken)
    {
        Complete(input);
        var (found, agreed) = Joined.Of(input.Reviews.SelectMany(review => review.Findings), input.Model?.Findings ?? []);
        if (
            MissingTests.In(input.Reviews) is { } untested
            && await ReadChange.Text(repositories.Open(input.Repository), input.Head, untested.File, cancellationToken) is { } text
            && untested.FirstLine <= text.LineCount
        )
            found.Add(MissingTests.Finding(input.Reviews, untested, text));

        // What a person rejected once is not said again, and not in silence either: it is counted.
        var rejected = (input.Known ?? []).ToHashSet();
        var known = found.RemoveAll(finding => IsKnown(finding, rejected));

        var sure = found
            .Where(finding => finding.Confidence > SureAbove)
            .OrderByDescending(finding => finding.Severity)
            .ThenByDescending(finding => finding.Confidence)
            .ThenBy(finding => finding.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ToList();
        var counts = ReviewCounts.Of(input.Reviews, sure, found.Count - sure.Count, known, agreed);
        // What no rule has read is not approved.
        var unread = input.Omitted > 0 || input.Reviews.Any(review => review is { Skipped: not null, CodeChanged: true });
        var verdict =
            counts.Critical > 0 ? "request-changes"
            : sure.Count > 0 || unread ? "comment"
            : "approve";
        var omitted = Math.Max(0, sure.Count - MostPosted) + input.Reviews.Sum(review => review.Omitted) + (input.Model?.Omitted ?? 0);
        return ToolJson.Write(
            new ReviewOutcome(
                verdict,
                Summary(verdict, counts, input.Omitted, input.Model?.Note),
                input.Base,
                input.Head,
                [.. input.Files.Select(file => file.Path)],
                [.. sure.Take(MostPosted)],
                omitted,
                counts
            )
        );
    }

    // A model does not find the same word for a fault twice: what people rejected of it, or of a rule, is known by what it is about.
    private static bool IsKnown(Finding finding, HashSet<KnownFinding> rejected)
    {
        var evidence = FalsePositive.EvidenceOf(finding.Evidence);
        return rejected.Contains(new KnownFinding(finding.Rule, finding.File, evidence))
            || (
                finding.Rule.StartsWith(Grounding.Area, StringComparison.Ordinal)
                && rejected.Any(known => known.File == finding.File && known.Evidence == evidence && Joined.IsSameArea(known.Rule, finding.Rule))
            );
    }

    private static void Complete(Input input)
    {
        var reviewed = input.Reviews.Select(review => review.File).ToList();
        var wrong = reviewed
            .GroupBy(file => file)
            .Where(same => same.Count() > 1)
            .Select(same => $"'{same.Key}' is reviewed twice")
            .Concat(input.Files.Select(file => file.Path).Except(reviewed).Select(file => $"'{file}' is not reviewed"))
            .Concat(reviewed.Except(input.Files.Select(file => file.Path)).Select(file => $"'{file}' is reviewed and did not change"))
            .ToList();
        if (wrong.Count > 0)
            throw new ToolException("reviews-incomplete", $"Each changed file must be reviewed once: {string.Join("; ", wrong.Take(5))}.");
    }

    private static string Summary(string verdict, ReviewCounts counts, int unread, string? model)
    {
        var found = new[] { (counts.Critical, "critical"), (counts.High, "high"), (counts.Medium, "medium"), (counts.Low, "low") }
            .Where(item => item.Item1 > 0)
            .Select(item => $"{item.Item1} {item.Item2}");
        var head =
            $"{Count(counts.Files, "file")} and {Count(counts.AddedLines, "new line")} read: {(counts.Sure == 0 ? "nothing found" : string.Join(", ", found))}.";
        return head
            + (verdict == "request-changes" ? " A critical finding must be mended first." : "")
            + (counts.Skipped > 0 ? $" {Count(counts.Skipped, "file")} could not be read by rules." : "")
            + (counts.Known > 0 ? $" {Count(counts.Known, "known false positive")} left out." : "")
            + (unread > 0 ? $" {Count(unread, "more file")} changed and were not read: the change is too large for one review." : "")
            + (model is null ? "" : $" {model}")
            + (counts.Agreed > 0 ? $" Rules found {counts.Agreed} of its findings too." : "");
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private sealed record Input(
        string Repository,
        string Base,
        string Head,
        IReadOnlyList<FileChange> Files,
        IReadOnlyList<FileReview> Reviews,
        int Omitted = 0,
        IReadOnlyList<KnownFinding>? Known = null,
        ModelReview? Model = null
    );
}
