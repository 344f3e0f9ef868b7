using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;

namespace LoopBus.Executor.FalsePositives;

/// <summary>Which findings people rejected with a gated posting: those that they edited out of it, or all where they rejected it whole.</summary>
internal static class RejectedFindings
{
    public const string Posting = "review.post_notes";

    private const int Most = 100;
    private const int MostText = 4000;

    /// <returns>None where no person said so: a proposal that expired, or was taken back, is no word on its findings.</returns>
    public static IReadOnlyList<FalsePositive> Of(RejectProposal<GatedAction> rejection)
    {
        var action = rejection.Content;
        if (action.Tool != Posting || rejection.Reason.Code is not ("rejected" or "edited") || action.Decisions?.LastOrDefault(decision => !decision.Accepted) is not { } decision)
            return [];
        if (Text(action.Arguments, "repository") is not { } repository)
            return [];

        var kept = action.Edited is { } edited ? Findings(repository, edited).Select(finding => finding.Key).ToHashSet() : [];

        return [.. Findings(repository, action.Arguments)
            .Where(finding => !kept.Contains(finding.Key))
            .DistinctBy(finding => finding.Key)
            .Select(finding => new FalsePositive
            {
                Key = finding.Key,
                Repository = FalsePositive.RepositoryOf(repository),
                Rule = finding.Rule,
                File = finding.File,
                Evidence = FalsePositive.EvidenceOf(finding.Evidence),
                TaskId = action.TaskId,
                RejectedBy = decision.By,
                RejectedAt = decision.At,
            })];
    }

    // What people edited may be any JSON.
    private static IEnumerable<(string Key, string Rule, string File, string Evidence)> Findings(string repository, JsonElement arguments)
    {
        if (Member(arguments, "review") is not { } review || Member(review, "findings") is not { ValueKind: JsonValueKind.Array } findings)
            yield break;
        foreach (var finding in findings.EnumerateArray().Take(Most))
            if (Text(finding, "rule") is { Length: <= 200 } rule && Text(finding, "file") is { } file && Text(finding, "evidence") is { } evidence)
                yield return (FalsePositive.KeyOf(repository, rule, file, evidence), rule, file, evidence);
    }

    private static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: <= MostText } value && !value.Contains('\0') ? value : null;

    private static JsonElement? Member(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;
}
