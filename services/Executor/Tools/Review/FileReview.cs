namespace LoopBus.Executor.Tools.Review;

/// <summary>
/// What the analysis of one file brought. CodeChanged is false where only blanks and comments changed; FirstLine is the first new line that changed;
/// Omitted counts findings past the limit of one file; Skipped says why a file was not read.
/// </summary>
internal sealed record FileReview(
    string File,
    string Status,
    string Language,
    bool IsTest,
    int AddedLines,
    bool CodeChanged,
    IReadOnlyList<Finding> Findings,
    int? FirstLine = null,
    int Omitted = 0,
    string? Skipped = null
);
