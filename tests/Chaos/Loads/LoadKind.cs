namespace LoopBus.Chaos.Loads;

/// <summary>A loop of the load, how often it is chosen, and the steps of it that call the server outside to have an effect.</summary>
internal sealed record LoadKind(string Loop, int Weight, params IReadOnlyList<string> Effects)
{
    public static LoadKind Calls { get; } = new("chaos-calls", 5, "one", "two");

    public static LoadKind Files { get; } = new("chaos-files", 3);

    public static LoadKind Fan { get; } = new("chaos-fan", 2, "calls[0]", "calls[1]", "calls[2]");

    public static LoadKind Notes { get; } = new("chaos-notes", 2);

    public static IReadOnlyList<LoadKind> All { get; } = [Calls, Files, Fan, Notes];

    public static LoadKind Pick(Random random)
    {
        var place = random.Next(All.Sum(kind => kind.Weight));
        return All.First(kind => (place -= kind.Weight) < 0);
    }
}
