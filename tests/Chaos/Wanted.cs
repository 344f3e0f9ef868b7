using System.Globalization;
using LoopBus.Chaos.Faults;

namespace LoopBus.Chaos;

/// <summary>What is asked for on the command line: how long faults strike, the seed of their schedule, how many runs are under way, and which kinds of fault.</summary>
internal sealed record Wanted(TimeSpan Length, int Seed, int Load, IReadOnlyList<FaultKind> Kinds)
{
    public static string Usage =>
        $"Usage: infra/chaos.sh [--minutes 3] [--seed 1] [--load 20] [--only kind,kind | --only none]\nKinds: {string.Join(", ", FaultKind.All.Select(kind => kind.Name))}";

    /// <returns>Null where it says nothing that there is.</returns>
    public static Wanted? Read(string[] arguments)
    {
        var wanted = new Wanted(TimeSpan.FromMinutes(3), 1, 20, FaultKind.All);
        for (var index = 0; index < arguments.Length; index += 2)
        {
            if (index + 1 == arguments.Length || wanted.With(arguments[index], arguments[index + 1]) is not { } more)
                return null;
            wanted = more;
        }

        return wanted;
    }

    private Wanted? With(string name, string value) => name switch
    {
        "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and < 1000 => this with { Length = TimeSpan.FromMinutes(minutes) },
        "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed) => this with { Seed = seed },
        "--load" when int.TryParse(value, CultureInfo.InvariantCulture, out var load) && load is > 0 and <= 1000 => this with { Load = load },
        "--only" when value == "none" => this with { Kinds = [] },
        "--only" when value.Split(',') is var names && names.All(each => FaultKind.All.Any(kind => kind.Name == each)) =>
            this with { Kinds = [.. FaultKind.All.Where(kind => names.Contains(kind.Name))] },
        _ => null,
    };
}
