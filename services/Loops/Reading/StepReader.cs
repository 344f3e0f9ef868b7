using System.Text.Json;
using System.Text.Json.Nodes;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Checking;

namespace LoopBus.Loops.Reading;

/// <summary>Reads one step of a loop file, and the lists of checks.</summary>
internal static class StepReader
{
    public static PlannedStep Read(JsonObject node, string path, List<Problem> problems)
    {
        var step = new Section(node, path, problems,
            "id", "tool", "arguments", "dependsOn", "for_each", "parallel", "timeout", "retry", "compensate", "gate", "verify");

        return new PlannedStep(
            step.Text("id"),
            step.Text("tool"),
            step.Object("arguments", required: false),
            step.Words("dependsOn", required: false),
            step.Optional("for_each"),
            step.Integer("parallel", 1, 1, Bounds.Parallel),
            step.Seconds("timeout", 0.001, Bounds.Day, "above 0 and at most 24h"),
            Retry(step),
            Compensate(step),
            step.Flag("gate") ?? false,
            step.Has("verify") ? Checks(step, "verify", problems) : null);
    }

    public static IReadOnlyList<Check> Checks(Section section, string key, List<Problem> problems)
    {
        var checks = new List<Check>();

        foreach (var (path, node) in section.Mappings(key, required: false))
        {
            var kind = new Section(node, path, problems, [.. node.Select(value => value.Key)]).Text("kind");
            var parameters = new JsonObject(node.Where(value => value.Key != "kind").Select(value => KeyValuePair.Create(value.Key, value.Value?.DeepClone())));
            checks.Add(new Check(kind, JsonSerializer.SerializeToElement(parameters)));
        }

        return checks;
    }

    private static StepRetry? Retry(Section step)
    {
        if (!step.Has("retry"))
            return null;

        var retry = step.Inner("retry", "attempts", "delay", "maxDelay");
        var standard = new StepRetry();
        var delay = retry.Seconds("delay", 0, Bounds.Day, "at most 24h") ?? standard.DelaySeconds;

        return new StepRetry(
            retry.Integer("attempts", standard.Attempts, 1, Bounds.Attempts),
            delay,
            retry.Seconds("maxDelay", 0, Bounds.Day, "at most 24h") ?? Math.Max(delay, standard.MaxDelaySeconds));
    }

    private static Undo? Compensate(Section step)
    {
        if (!step.Has("compensate"))
            return null;

        var undo = step.Inner("compensate", "tool", "arguments");

        return new Undo(undo.Text("tool"), undo.Object("arguments", required: false));
    }
}
