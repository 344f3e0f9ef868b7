namespace LoopBus.Benchmarks;

/// <summary>How long is measured: short rounds, of which the middle one counts.</summary>
internal sealed record Pace(int Rounds, TimeSpan Round, TimeSpan WarmUp, TimeSpan FloorRound, IReadOnlyList<int> Concurrencies)
{
    public static Pace Full { get; } = new(5, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1.5), [1, 16, 64, 256]);

    public static Pace Quick { get; } = new(3, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), [1, 16, 64]);

    /// <summary>The pace where one load is measured under several circumstances.</summary>
    public static Pace Brief { get; } = new(3, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), [16]);
}
