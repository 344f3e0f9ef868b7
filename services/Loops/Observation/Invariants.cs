using System.Globalization;
using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops.Json;
using LoopBus.Loops.Memory;

namespace LoopBus.Loops.Observation;

/// <summary>Looks after each observation, and before the next decision, whether a loop's invariants hold: a pure function.</summary>
public static class Invariants
{
    /// <returns>The status of each, in the loop's order.</returns>
    public static IReadOnlyList<InvariantStatus> Check(IReadOnlyList<LoopInvariant> invariants, Observed run)
    {
        ArgumentNullException.ThrowIfNull(invariants);
        ArgumentNullException.ThrowIfNull(run);

        return [.. invariants.Select(invariant => Problem(invariant, run) is { } problem
            ? new InvariantStatus(invariant.Name, Holds: false, problem)
            : new InvariantStatus(invariant.Name, Holds: true, "holds"))];
    }

    private static string? Problem(LoopInvariant invariant, Observed run)
    {
        var parameters = invariant.Parameters;

        return invariant.Kind switch
        {
            InvariantKinds.Budget => Budget(run, parameters.GetProperty("share").GetDecimal()),
            InvariantKinds.NoContradiction => Contradiction(run),
            InvariantKinds.Progress => Progress(run, parameters.GetProperty("iterations").GetInt32()),
            InvariantKinds.Confidence => Confidence(run, parameters.GetProperty("least").GetDouble()),
            InvariantKinds.Decreasing => Decreasing(run, Tool(parameters), Way(parameters)),
            InvariantKinds.Unique => Unique(run, Tool(parameters), Way(parameters)),
            InvariantKinds.CountBelow => Count(run, Tool(parameters), Way(parameters), parameters.GetProperty("most").GetInt32()),
            InvariantKinds.Fresh => Fresh(run, parameters.GetProperty("runs").GetInt32()),
            // An older coordinator may meet a newer loop: what it cannot look at it must not call sound.
            _ => $"this version knows no invariant of kind {invariant.Kind}",
        };
    }

    private static string? Budget(Observed run, decimal share)
    {
        if (run.Limits.Tokens is { } tokens && run.Tokens >= share * tokens)
            return $"models took {run.Tokens} of {tokens} tokens, {share:0.##} of them is the bound";
        if (run.Limits.Usd is { } usd && run.Usd >= share * usd)
            return $"models cost {run.Usd:0.####} of {usd:0.####} US dollars, {share:0.##} of them is the bound";

        return null;
    }

    private static string? Contradiction(Observed run)
    {
        foreach (var facts in run.Facts.GroupBy(fact => fact.Key.Trim(), StringComparer.OrdinalIgnoreCase))
            if (facts.Last().Source != Observed.Person && facts.FirstOrDefault(fact => !Same(fact.Value, facts.Last().Value)) is { } other)
                return $"{facts.Key} is '{Shown(other.Value)}' by {other.Source} and '{Shown(facts.Last().Value)}' by {facts.Last().Source}";

        return null;
    }

    private static string? Progress(Observed run, int iterations)
    {
        if (run.Turns.Count <= iterations)
            return null;
        var known = run.Turns.SkipLast(iterations).Select(Brought).OfType<string>().ToHashSet();

        return run.Turns.TakeLast(iterations).Select(Brought).Any(output => output is not null && !known.Contains(output))
            ? null
            : $"the last {iterations} actions brought nothing that was not known";
    }

    private static string? Confidence(Observed run, double least) => run.Turns is [.., { Confidence: { } confidence }] && confidence < least
        ? $"the planner's confidence in its last action was {confidence.ToString("0.##", CultureInfo.InvariantCulture)}, {least.ToString("0.##", CultureInfo.InvariantCulture)} is the bound"
        : null;

    private static string? Decreasing(Observed run, string tool, JsonPath way)
    {
        var numbers = run.Turns.Where(turn => turn.Tool == tool && turn.Output is not null)
            .Select(turn => (turn.StepId, Value: way.Select(turn.Output!.Value).Found.Select(match => match.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.Number)))
            .Where(found => found.Value.ValueKind == JsonValueKind.Number)
            .Select(found => (found.StepId, Value: found.Value.GetDouble())).TakeLast(2).ToList();

        return numbers is [var before, var after] && after.Value >= before.Value ? $"{before.Value} of {before.StepId} became {after.Value} of {after.StepId}" : null;
    }

    private static string? Unique(Observed run, string tool, JsonPath way)
    {
        var calls = run.Turns.Where(turn => turn.Tool == tool).Select(turn => (turn.StepId, Values: way.Select(turn.Arguments).Found.Select(match => CanonicalJson.Of(match.Value)).ToList())).ToList();
        if (calls.Count == 0)
            return null;
        var last = calls[^1];
        if (last.Values.GroupBy(value => value).FirstOrDefault(same => same.Count() > 1) is { } within)
            return $"{last.StepId} has {Shown(within.Key)} twice";

        return last.Values.Select(value => (Value: value, Before: calls.SkipLast(1).FirstOrDefault(call => call.Values.Contains(value)).StepId)).FirstOrDefault(found => found.Before is not null) is { Before: { } before } again
            ? $"{last.StepId} has {Shown(again.Value)}, as {before} had"
            : null;
    }

    private static string? Count(Observed run, string tool, JsonPath way, int most)
    {
        var count = run.Turns.Where(turn => turn.Tool == tool && turn.Output is not null).Sum(turn => way.Select(turn.Output!.Value).Found.Count);

        return count >= most ? $"there are {count}, fewer than {most} is the bound" : null;
    }

    private static string? Fresh(Observed run, int runs)
    {
        if (run.Result is not { } result || (run.Earlier ?? []).Take(runs).ToList() is not { } earlier || earlier.Count < runs)
            return null;
        var now = CanonicalJson.Of(result);

        return earlier.TrueForAll(before => CanonicalJson.Of(before) == now) ? $"the result is that of the {runs} runs before, word for word" : null;
    }

    private static string? Brought(Turn turn) => turn.Output is { } output ? $"{turn.Tool} {CanonicalJson.Of(output)}" : null;

    private static string Tool(JsonElement parameters) => parameters.GetProperty("tool").GetString()!;

    private static JsonPath Way(JsonElement parameters) => JsonPath.Parse(parameters.GetProperty("of").GetString()!);

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Shown(string text) => text.Length <= 100 ? text : $"{TextCut.Begin(text, 100)}…";
}
