using System.Text;
using LoopBus.Executor.Tools.Git;
using LoopBus.Loops.Memory;

namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>
/// What a model said of the changed files. Note is a sentence or two for the review; Untouched and Ungrounded count what was not believed, Omitted what found no
/// room; Problems are for those who run the system.
/// </summary>
internal sealed record ModelReview(
    string Note,
    IReadOnlyList<Finding> Findings,
    int Asked = 0,
    int Answered = 0,
    int Untouched = 0,
    int Ungrounded = 0,
    int Omitted = 0,
    IReadOnlyList<string>? Problems = null
)
{
    private const int MostProblems = 10;
    private const int LongestProblem = 500;

    // A step's output may not be larger than a message likes.
    private const int MostBytes = 100_000;

    public static ModelReview None { get; } = new("Only rules looked.", []);

    public static ModelReview Of(IReadOnlyList<FileAnswer> answers)
    {
        var room = MostBytes;
        var found = answers.SelectMany(answer => answer.Findings).OrderByDescending(finding => finding.Severity).ThenByDescending(finding => finding.Confidence).ToList();
        var kept = found.TakeWhile(finding => (room -= Encoding.UTF8.GetByteCount(ToolJson.Write(finding).GetRawText())) >= 0).ToList();
        var answered = answers.Count(answer => answer.Why is null);
        var (untouched, ungrounded) = (answers.Sum(answer => answer.Untouched), answers.Sum(answer => answer.Ungrounded));

        return new(
            Says(answers, answered) + LeftOut(untouched, ungrounded),
            kept,
            answers.Count,
            answered,
            untouched,
            ungrounded,
            answers.Sum(answer => answer.Omitted) + found.Count - kept.Count,
            [.. answers.Where(answer => answer.Detail is not null).Take(MostProblems).Select(answer => TextCut.Middle($"{answer.File}: {answer.Detail}", LongestProblem))]
        );
    }

    private static string Says(IReadOnlyList<FileAnswer> answers, int answered)
    {
        if (answers.Count == 0)
            return "Only rules looked: nothing that changed is for a model to read.";
        if (answered == answers.Count)
            return "A model looked too.";

        var why = string.Join("; ", answers.Where(answer => answer.Why is not null).GroupBy(answer => answer.Why).Select(same => same.Key));

        return answered == 0 ? $"Only rules looked: {why}." : $"A model looked at {answered} of {answers.Count} files too: {why}.";
    }

    private static string LeftOut(int untouched, int ungrounded)
    {
        var left = new[] { (untouched, "about lines that did not change"), (ungrounded, "with words that are not there") }.Where(item => item.Item1 > 0).Select(item => $"{item.Item1} {item.Item2}");

        return untouched + ungrounded == 0 ? "" : $" Left out of what it said: {string.Join(", ", left)}.";
    }
}
