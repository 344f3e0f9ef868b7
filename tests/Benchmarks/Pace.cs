namespace LoopBus.Benchmarks;

/// <summary>How long is measured: short rounds, of which the middle one counts.</summary>
internal sealed record Pace(int Rounds, TimeSpan Round, TimeSpan WarmUp, TimeSpan FloorRound, IReadOnlyList<int> Concurrencies)
{
    /// <summary>In seconds, when the deadlines of the first runs have come due: from then on a load costs what it costs for ever.</summary>
    public const int DeadlineSeconds = 5;

    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(DeadlineSeconds + 1);

    public static Pace Full { get; } = new(4, TimeSpan.FromSeconds(3), Steady, TimeSpan.FromSeconds(1), [1, 16, 64, 256]);

    public static Pace Quick { get; } = new(3, TimeSpan.FromSeconds(3), Steady, TimeSpan.FromSeconds(0.6), [1, 16, 64]);

    /// <summary>The pace where one load is measured under several circumstances.</summary>
    public static Pace Brief { get; } = new(3, TimeSpan.FromSeconds(2), Steady, TimeSpan.FromSeconds(1), [16]);
}
