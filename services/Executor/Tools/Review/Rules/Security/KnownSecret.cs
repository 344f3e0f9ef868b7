using System.Text.RegularExpressions;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>The shapes of keys that their issuers made to be recognised.</summary>
internal static partial class KnownSecret
{
    private static readonly (string Kind, Regex Shape)[] Shapes =
    [
        ("key of Amazon Web Services", Aws()),
        ("GitHub token", GitHub()),
        ("GitLab token", GitLab()),
        ("Slack token", Slack()),
        ("live key of Stripe", Stripe()),
        ("Google API key", Google()),
        ("storage key of Azure", Azure()),
        ("key of a model provider", Model()),
        ("package registry's token", Registry()),
        ("SendGrid key", SendGrid()),
        ("signed web token (JWT)", Jwt()),
        ("password in a URL", Url()),
    ];

    public static string? In(string line) =>
        Shapes
            .FirstOrDefault(shape =>
                shape.Shape.Match(line) is { Success: true } match
                && !SecretText.IsPlaceholder(match.Groups["secret"] is { Success: true } secret ? secret.Value : match.Value)
            )
            .Kind;

    [GeneratedRegex(@"\b(AKIA|ASIA)[A-Z0-9]{16}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Aws();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GitHub();

    [GeneratedRegex(@"\bglpat-[A-Za-z0-9_-]{20,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GitLab();

    [GeneratedRegex(@"\bxox[abeprs]-[A-Za-z0-9-]{20,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Slack();

    [GeneratedRegex(@"\b[rs]k_live_[A-Za-z0-9]{16,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stripe();

    [GeneratedRegex(@"\bAIza[A-Za-z0-9_-]{35}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Google();

    [GeneratedRegex(@"(AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,}={0,2})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Azure();

    [GeneratedRegex(@"\bsk-(ant-|proj-)?[A-Za-z0-9_-]*[A-Za-z0-9]{32,}|\bhf_[A-Za-z0-9]{34}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Model();

    [GeneratedRegex(@"\bnpm_[A-Za-z0-9]{36}\b|\boy2[a-z0-9]{43}\b|\bpypi-[A-Za-z0-9_-]{50,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Registry();

    [GeneratedRegex(@"\bSG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SendGrid();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Jwt();

    [GeneratedRegex(
        @"\b[a-z][a-z0-9+.-]*://[^\s:/@""'{}$<>]+:(?<secret>[^\s:/@""'{}$<>]{6,})@(?!localhost|127\.0\.0\.1)[A-Za-z0-9.-]+",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Url();
}
