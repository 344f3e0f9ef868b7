namespace LoopBus.Loops;

/// <summary>The invariants that a loop can have; each parameter has the form that <see cref="Reading.InvariantReader"/> says.</summary>
public static class InvariantKinds
{
    /// <summary>Models took less than <c>share</c> (0 to 1, 0.8) of the run's tokens and US dollars.</summary>
    public const string Budget = "budget";

    /// <summary>No two facts have the same key and different values.</summary>
    public const string NoContradiction = "no-contradiction";

    /// <summary>One of the last <c>iterations</c> (3) actions brought an output that none before it had.</summary>
    public const string Progress = "progress";

    /// <summary>The number at <c>of</c> becomes smaller from each output of <c>tool</c> to its next.</summary>
    public const string Decreasing = "decreasing";

    /// <summary>No value at <c>of</c> of the arguments of <c>tool</c> comes twice.</summary>
    public const string Unique = "unique";

    /// <summary>Fewer than <c>most</c> values are at <c>of</c> in the outputs of <c>tool</c>, all together.</summary>
    public const string CountBelow = "count-below";

    /// <summary>The planner's confidence in its last action is at least <c>least</c> (0 to 1).</summary>
    public const string Confidence = "confidence";

    /// <summary>Of the last <c>runs</c> (3) runs of the loop that completed, not all had the same result, nor has this one it again: the silent drift.</summary>
    public const string Fresh = "fresh";

    public static IReadOnlyList<string> All { get; } = [Budget, NoContradiction, Progress, Decreasing, Unique, CountBelow, Confidence, Fresh];
}
