using System.Text.RegularExpressions;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>Whether a text can be a secret: by its entropy, its characters, and what placeholders look like.</summary>
internal static partial class SecretText
{
    /// <summary>How sure we are (0: not at all) that the value behind a secret's name is a secret.</summary>
    public static double Confidence(string name, string value)
    {
        if (
            value.Length is < 6 or > 2000
            || value.Any(char.IsWhiteSpace)
            || IsPlaceholder(value)
            || Same(name, value)
            || Path().IsMatch(value)
        )
            return 0;

        var entropy = Entropy(value);
        // Letters alone are a word, a label or a key's name more often than a secret.
        return Words().IsMatch(value)
            ? SecretName.IsPassword(name) && entropy >= 2.5 && !Separated().IsMatch(value)
                ? 0.65
                : 0
            : SecretName.IsPassword(name)
                ? 0.85
                : entropy >= 3.5 && value.Length >= 16
                    ? 0.9
                    : entropy >= 2.8 && value.Length >= 8 && value.Any(char.IsAsciiDigit)
                        ? 0.7
                        : 0;
    }

    /// <summary>The password of a connection string, or null.</summary>
    public static string? InConnectionString(string text) =>
        ConnectionPassword().Match(text) is { Success: true } match && Server().IsMatch(text) ? match.Groups["password"].Value : null;

    public static bool IsPlaceholder(string value) => Placeholder().IsMatch(value) || value.Distinct().Count() <= 3;

    /// <summary>Bits per character (Shannon 1948).</summary>
    public static double Entropy(string value) =>
        -value.GroupBy(c => c).Select(same => (double)same.Count() / value.Length).Sum(share => share * Math.Log2(share));

    private static bool Same(string name, string value)
    {
        var (left, right) = (Letters(name), Letters(value));
        return left.Contains(right, StringComparison.Ordinal)
            || right.Contains(left, StringComparison.Ordinal) && !value.Any(char.IsAsciiDigit);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant();

    [GeneratedRegex(
        @"^(password|passwd|pass|pwd|secret|token)$|example|change.?me|your|placeholder|dummy|sample|redacted|insert|replace|not.?a.?(real|secret)|fake|xxxx|\*\*\*|\.\.\.|^<|^\$|\{\{|\$\{|\$\(|%[A-Za-z_]+%|^\{|__|^(env|vault|secret|arn|keyvault|config|ref):|process\.env|os\.environ|getenv|Environment\.",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Placeholder();

    // A configuration's key, a URL, a file's path, a type's name: LoopBus:Broker:Password, /run/secrets/token, Foo.Bar
    [GeneratedRegex(
        @"^([A-Za-z]+:)+[A-Za-z]+$|^https?://[^@]*$|^[./~][A-Za-z0-9_./-]+$|^[A-Za-z_]+(\.[A-Za-z_]+)+(\(.*)?$|^[A-Za-z_.]+\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Path();

    [GeneratedRegex(@"^[A-Za-z]+([-_:./ ][A-Za-z]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"[-_:./]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Separated();

    [GeneratedRegex(
        @"(?<![A-Za-z])(Password|Pwd)\s*=\s*(?<password>[^;""'\s{}]{3,})",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex ConnectionPassword();

    [GeneratedRegex(
        @"(?<![A-Za-z])(Server|Host|Data Source|User Id|Username|Uid|Database|Initial Catalog)\s*=",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Server();
}
