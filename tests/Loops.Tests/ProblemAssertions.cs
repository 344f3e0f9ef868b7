namespace LoopBus.Loops.Tests;

internal static class ProblemAssertions
{
    public static void ShouldSay(this IReadOnlyList<string> problems, string expected) =>
        problems.ShouldContain(problem => problem.StartsWith(expected, StringComparison.Ordinal), string.Join(Environment.NewLine, problems.DefaultIfEmpty("no problem")));
}
