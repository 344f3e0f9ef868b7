namespace LoopBus.Benchmarks.Loads;

/// <summary>A loop to run, with its input, and how many steps one run of it has.</summary>
internal sealed record LoadKind(string Loop, object Input, int Steps)
{
    public static LoadKind FiveSteps { get; } = new("bench-steps", new { value = "a value of ordinary length, as a step may hand it on" }, 5);

    public static LoadKind Gated { get; } = new("bench-gate", new { value = "a" }, 1);

    public static LoadKind FanOf(int items) => new("bench-fan", new { items = Enumerable.Range(0, items).Select(item => $"item {item}") }, items);
}
