namespace LoopBus.Executor.Tools.Review.Asking;

/// <summary>What came of asking about one file. Why says in a word for people why nothing did; Detail says more, for those who run the system.</summary>
internal sealed record FileAnswer(string File, IReadOnlyList<Finding> Findings, int Untouched = 0, int Ungrounded = 0, int Omitted = 0, string? Why = null, string? Detail = null)
{
    public static FileAnswer None(string file, string why, string detail) => new(file, [], Why: why, Detail: detail);
}
