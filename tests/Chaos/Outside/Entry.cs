namespace LoopBus.Chaos.Outside;

/// <summary>One thing that happened to the world: an effect under its key, or that an effect was taken back.</summary>
internal sealed record Entry(int Number, DateTimeOffset At, string Kind, string Task, string Step, string? Key)
{
    public const string Effect = "effect";
    public const string Undo = "undo";
}
