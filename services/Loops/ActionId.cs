using System.Text.RegularExpressions;

namespace LoopBus.Loops;

/// <summary>How an action that a model decides on is called among the run's steps: act-1, act-2, and so on.</summary>
public static partial class ActionId
{
    public static string Of(int number) => $"act-{number}";

    public static bool Is(string id) => Form().IsMatch(id);

    [GeneratedRegex("^act-[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
