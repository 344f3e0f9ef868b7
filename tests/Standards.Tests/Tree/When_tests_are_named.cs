using System.Text.RegularExpressions;

namespace LoopBus.Standards.Tests.Tree;

public sealed partial class When_tests_are_named
{
    [Fact]
    public void Should_read_as_when_and_should()
    {
        Sources.Agree(
            from path in Sources.CSharp
            where path.StartsWith("tests/", StringComparison.Ordinal)
            let text = Sources.Read(path)
            from Match test in Test().Matches(text)
            let method = test.Groups["name"].Value
            where !method.StartsWith("Should_", StringComparison.Ordinal)
                || !Path.GetFileName(path).StartsWith("When_", StringComparison.Ordinal)
            select $"{path}: {method}",
            "The list of tests is the specification: a file When_<circumstance>, a method Should_<outcome>.");
    }

    [GeneratedRegex(@"^\s*\[(?:Fact|Theory)[^\n]*\](?:\s*\[[^\n]*\])*\s*public [\w<>. ]+? (?<name>\w+)\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Test();
}
