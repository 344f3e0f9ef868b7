using System.Text.Json;
using System.Text.RegularExpressions;
using LoopBus.Executor.Tools.Git;
using LoopBus.Hosting.Git;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopBus.Executor.Tools.Review;

/// <summary>review.analyze_file: what the rules find on the lines of one file that a range touches.</summary>
internal sealed class AnalyzeFileTool(GitRepositories repositories, Analysis analysis) : ITool
{
    private const int MostFindings = 50;

    public string Name => "review.analyze_file";

    public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) =>
        Analyze(ToolJson.Read<Input>(call), cancellationToken).AsToolFailures();

    private async Task<JsonElement> Analyze(Input input, CancellationToken cancellationToken)
    {
        var file = input.File;
        var review = new FileReview(
            file.Path,
            file.Status,
            file.Language,
            file.IsTest,
            file.AddedLines,
            CodeChanged: true,
            Findings: [],
            FirstLine: file.ChangedLines is [var first, ..] ? first.Start : null
        );
        if (file.Binary)
            return ToolJson.Write(review with { CodeChanged = false, Skipped = "It is binary, a link or a submodule." });

        try
        {
            var change = await ReadChange.Of(repositories.Open(input.Repository), new(input.Base, input.Head), file, cancellationToken);
            var findings = analysis.Of(change, cancellationToken);
            var kept = findings
                .OrderByDescending(finding => finding.Severity)
                .ThenByDescending(finding => finding.Confidence)
                .Take(MostFindings)
                .OrderBy(finding => finding.Line);
            return ToolJson.Write(
                review with
                {
                    CodeChanged = CodeChanged(change),
                    Findings = [.. kept],
                    Omitted = Math.Max(0, findings.Count - MostFindings),
                }
            );
        }
        catch (GitException large) when (large.Code == "too-large")
        {
            return ToolJson.Write(review with { Skipped = large.Message });
        }
        // A text can be made to be nested or to match without end: then it is told, and the other files are read.
        catch (Exception hostile) when (hostile is InsufficientExecutionStackException or RegexMatchTimeoutException)
        {
            return ToolJson.Write(review with { Skipped = "It is nested too deep, or too large, to be read by rules." });
        }
    }

    // Blanks and comments need no test.
    private static bool CodeChanged(Change change) =>
        !change.IsCSharp
        || !(change is { Old: { } old, New: { } text } && SyntaxFactory.AreEquivalent(old.CSharp.Tree, text.CSharp.Tree, topLevel: false));

    private sealed record Input(string Repository, string Base, string Head, FileChange File);
}
