using System.Text.Json;
using System.Text.Json.Nodes;
using LoopBus.Loops.Checking;

namespace LoopBus.Loops.Reading;

/// <summary>Reads a loop's invariants: each has a name, a kind, a remedy, and the parameters of its kind.</summary>
internal static class InvariantReader
{
    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        [InvariantKinds.Budget] = ["share"],
        [InvariantKinds.NoContradiction] = [],
        [InvariantKinds.Progress] = ["iterations"],
        [InvariantKinds.Decreasing] = ["tool", "of"],
        [InvariantKinds.Unique] = ["tool", "of"],
        [InvariantKinds.CountBelow] = ["tool", "of", "most"],
        [InvariantKinds.Confidence] = ["least"],
        [InvariantKinds.Fresh] = ["runs"],
    };

    private static readonly Dictionary<string, string> Remedy = new()
    {
        [InvariantKinds.Budget] = Remedies.Summarize,
        [InvariantKinds.NoContradiction] = Remedies.Escalate,
        [InvariantKinds.Fresh] = Remedies.Escalate,
    };

    public static IReadOnlyList<LoopInvariant> Read(Section loop, List<Problem> problems)
    {
        var invariants = new List<LoopInvariant>();

        foreach (var (path, node) in loop.Mappings("invariants", required: false))
        {
            var kind = node["kind"]?.ToString() ?? "";
            var invariant = new Section(node, path, problems, ["name", "kind", "remedy", .. Parameters.GetValueOrDefault(kind) ?? [.. node.Select(value => value.Key)]]);
            var name = invariant.Text("name", LoopReader.Name(), "lower-case letters, digits and -, at most 64");
            if (invariants.Exists(other => other.Name == name))
                invariant.Wrong("name", $"'{name}' is there twice.");

            invariants.Add(new LoopInvariant(
                name,
                invariant.OneOf("kind", "", [.. InvariantKinds.All]) is { Length: > 0 } known ? known : invariant.Text("kind"),
                Of(invariant, kind),
                invariant.OneOf("remedy", Remedy.GetValueOrDefault(kind, Remedies.ChangeStrategy), [.. Remedies.All])));
        }

        return invariants;
    }

    private static JsonElement Of(Section invariant, string kind)
    {
        var parameters = new JsonObject();

        switch (kind)
        {
            case InvariantKinds.Budget:
                parameters["share"] = invariant.Number("share", 0, 1) ?? 0.8m;
                break;
            case InvariantKinds.Progress:
                parameters["iterations"] = invariant.Integer("iterations", 3, 1, 100);
                break;
            case InvariantKinds.Confidence:
                parameters["least"] = invariant.Has("least") ? invariant.Number("least", 0, 1) : 0.6m;
                break;
            case InvariantKinds.Fresh:
                parameters["runs"] = invariant.Integer("runs", 3, 2, 100);
                break;
            case InvariantKinds.Decreasing or InvariantKinds.Unique or InvariantKinds.CountBelow:
                parameters["tool"] = invariant.Text("tool");
                parameters["of"] = invariant.Way("of") ?? invariant.Text("of");
                if (kind == InvariantKinds.CountBelow)
                    parameters["most"] = invariant.Integer("most", 50, 1, 1_000_000);
                break;
        }

        return JsonSerializer.SerializeToElement(parameters);
    }
}
