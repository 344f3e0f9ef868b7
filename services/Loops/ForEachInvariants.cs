using System.Text.Json;
using LoopBus.Loops.Json;

namespace LoopBus.Loops;

/// <summary>What holds of a for_each step's work queue: no item twice, and each round leaves less to do.</summary>
public static class ForEachInvariants
{
    /// <summary>The most items that one for_each step may have.</summary>
    public const int MaxItems = 1000;

    /// <returns>The items, in canonical JSON, that come more than once.</returns>
    public static IReadOnlyList<string> Duplicates(IEnumerable<JsonElement> items) =>
        items.Select(CanonicalJson.Of).GroupBy(item => item).Where(same => same.Count() > 1).Select(same => same.Key).ToList();

    /// <summary>Whether a round brought the work nearer to its end.</summary>
    public static bool StrictlyDecreases(int remainingBefore, int remainingAfter) => remainingAfter >= 0 && remainingAfter < remainingBefore;

    /// <returns>The id of one item's step at run time: analyze[0].</returns>
    public static string StepId(string step, int index) => $"{step}[{index}]";
}
