using LoopBus.Benchmarks.Sections;

namespace LoopBus.Benchmarks;

/// <summary>What is asked for on the command line.</summary>
internal sealed record Wanted(IReadOnlyList<ISection> Sections, Pace Pace)
{
    private static readonly ISection[] All = [
        new FloorsSection(), new LoopSection(), new GatedSection(), new FanoutSection(), new CopiesSection(), new HistorySection(), new WaitingSection(), new PeersSection(),
    ];

    private static readonly string[] InQuick = ["floors", "loop"];

    // They have to be fetched first.
    private static readonly string[] OnlyWhereNamed = ["peers"];

    public static string Usage => $"Usage: infra/bench.sh [--quick] [--only {string.Join(',', All.Select(section => section.Name))}]";

    /// <returns>Null where it says nothing that there is.</returns>
    public static Wanted? Read(string[] arguments)
    {
        var quick = arguments.Contains("--quick");
        string[] only = quick ? InQuick : [.. All.Select(section => section.Name).Except(OnlyWhereNamed)];
        for (var index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] == "--only" && index + 1 < arguments.Length)
                only = arguments[++index].Split(',', StringSplitOptions.RemoveEmptyEntries);
            else if (arguments[index] != "--quick")
                return null;
        }

        return only.Length > 0 && only.All(name => All.Any(section => section.Name == name))
            ? new Wanted([.. All.Where(section => only.Contains(section.Name))], quick ? Pace.Quick : Pace.Full)
            : null;
    }
}
