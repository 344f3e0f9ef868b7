namespace LoopBus.Testing.Fuzz;

/// <summary>What came of a barrage: how often each outcome, the slowest input, and how many more bytes are held than after the first inputs.</summary>
public sealed record BarrageReport(int Inputs, IReadOnlyDictionary<string, int> Outcomes, TimeSpan Slowest, long Growth)
{
    public override string ToString() =>
        $"{Inputs} inputs, slowest {Slowest.TotalMilliseconds:0.0} ms, {Growth / 1024} KiB more held: "
        + string.Join(", ", Outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}"));
}
