using System.Text.RegularExpressions;
using LoopBus.Executor.Tools.Git;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>Secrets in any text: known shapes of keys, and values that stand behind a secret's name; tests' dummies and placeholders are none.</summary>
internal sealed partial class SecretRule : IRule
{
    // As long as a line that can be cited; nobody writes a secret by hand into a longer one.
    public const int LongestLine = 2000;
    private const string Advice =
        "take it out, and replace it where it is in use: the history keeps it; read it from the environment or a secret store.";

    public string Name => "security/secret";

    public IEnumerable<Hit> Look(Change change)
    {
        if (change.New is not { } text)
            return [];

        var named =
            change.IsCSharp ? Literals(text)
            : change.File.Language == "markdown" ? []
            : Assignments(text, Language.IsCode(change.File.Language));
        return Known(text).Concat(FileKind.IsTest(text.Path) || FileKind.IsGenerated(text.Path) ? [] : named);
    }

    /// <summary>Whether a private key begins in this line, whatever follows it.</summary>
    public static bool BeginsKey(string line) => line.Length <= LongestLine && PrivateKey().IsMatch(line);

    private static IEnumerable<Hit> Known(Source text)
    {
        for (var line = 1; line <= text.LineCount; line++)
        {
            var content = text.Line(line);
            if (content.Length > LongestLine)
                continue;
            if (KnownSecret.In(content) is { } kind)
                yield return new(line, line, Severity.Critical, 0.95, $"A {kind} stands in the code: {Advice}");
            else if (
                PrivateKey().IsMatch(content)
                && (KeyBody().IsMatch(content) || (line < text.LineCount && KeyBody().IsMatch(text.Line(line + 1))))
            )
                yield return new(line, line, Severity.Critical, 0.95, $"A private key stands in the code: {Advice}");
        }
    }

    private static IEnumerable<Hit> Literals(Source text)
    {
        foreach (
            var literal in text.CSharp.All<LiteralExpressionSyntax>().Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression))
        )
        {
            var value = literal.Token.ValueText;
            var confidence =
                SecretText.InConnectionString(value) is { } password ? SecretText.Confidence("password", password)
                : SecretName.Of(literal) is { } name ? SecretText.Confidence(name, value)
                : 0;
            if (confidence > 0)
                yield return Hit.At(text, literal, Severity.Critical, confidence, $"A secret stands in the code in plain text: {Advice}");
        }
    }

    private static IEnumerable<Hit> Assignments(Source text, bool isProgram)
    {
        for (var line = 1; line <= text.LineCount; line++)
        {
            var content = text.Line(line);
            if (content.Length > LongestLine)
                continue;

            var match = Assignment().Match(content);
            // In a program, what stands there without quotes is an expression.
            var (name, value) =
                match.Success && (!isProgram || match.Groups["quote"].Length > 0)
                    ? (match.Groups["name"].Value, match.Groups["value"].Value)
                : SecretText.InConnectionString(content) is { } password ? ("password", password)
                : ("", "");
            if (name.Length > 0 && SecretName.Is(name) && SecretText.Confidence(name, value) is var confidence && confidence > 0)
                yield return new(
                    line,
                    line,
                    Severity.Critical,
                    confidence,
                    $"A secret stands in the file in plain text ({name}): {Advice}"
                );
        }
    }

    [GeneratedRegex(@"-----BEGIN ((RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY( BLOCK)?-----", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"(^|[""'\s\\n]|-----)[A-Za-z0-9+/=]{40,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyBody();

    // name = "value", "name": "value", name: value, <name>value</name>, ENV name=value; a bare value only at the line's end.
    [GeneratedRegex(
        """(?<name>[A-Za-z_][A-Za-z0-9_.-]*)["']?\s*(=>|:=|[:=]|"\s+value=|>)\s*(?<quote>["'`]?)(?<value>[^"'`<>\s,;]{6,})(\k<quote>|<|\s*[,;]?\s*$)""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Assignment();
}
