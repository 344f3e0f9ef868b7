using System.Globalization;
using System.Text;
using System.Text.Json;
using LoopBus.Contracts.Approval;
using LoopBus.Loops;

namespace LoopBus.Coordinator.Runs;

/// <summary>Makes the packet that goes to people with a stuck run.</summary>
internal static class Packets
{
    // 500 tokens at three characters each: what a person reads in a minute.
    private const int SummaryLength = 1500;
    private const int LastTurns = 5;
    private const int Shown = 200;

    public static Packet Of(RunState run, LoopDefinition loop, Ending ending)
    {
        var document = run.Document;
        var turns = document.Turns;
        var state = JsonSerializer.SerializeToElement(
            new
            {
                run.TaskId,
                run.Loop,
                Version = run.LoopVersion,
                run.Iteration,
                run.MaxIterations,
                run.Errors,
                document.Retries,
                document.Tokens,
                document.Usd,
                document.Refined,
                Facts = document.Facts ?? [],
                Actions = turns.TakeLast(LastTurns).Select(turn => new { turn.StepId, turn.Tool, Arguments = Cut(turn.Arguments.GetRawText()), Output = Cut(turn.Output?.GetRawText()), turn.Problem, turn.Subgoal }),
            },
            JsonSerializerOptions.Web);

        return new Packet(
            run.Iteration,
            Summary(run, loop, ending),
            state,
            document.Invariants ?? [],
            [.. turns.Select(turn => turn.Confidence).OfType<double>()],
            [.. Interventions(document, ending)]);
    }

    private static string Summary(RunState run, LoopDefinition loop, Ending ending)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{ending.Sentence}")
            .AppendLine(CultureInfo.InvariantCulture, $"Task: {Cut(loop.Task)}")
            .AppendLine(CultureInfo.InvariantCulture, $"Iteration {run.Iteration} of {run.MaxIterations}, {run.Errors} failed attempts, {run.Document.Tokens} tokens.");
        foreach (var turn in run.Document.Turns.TakeLast(LastTurns))
            text.AppendLine(CultureInfo.InvariantCulture, $"{turn.StepId} {turn.Tool}{(turn.Subgoal is { } subgoal ? $" to {Cut(subgoal)}" : "")}: {(turn.Problem is { } problem ? $"failed, {Cut(problem)}" : Cut(turn.Output?.GetRawText()))}");

        return text.Length <= SummaryLength ? text.ToString() : $"{text.ToString(0, SummaryLength - 1)}…";
    }

    // By rule, not by a model: what helps is known from why it is stuck.
    private static IEnumerable<string> Interventions(RunDocument document, Ending ending)
    {
        foreach (var broken in (document.Invariants ?? []).Where(status => status is { Holds: false, Relaxed: false }))
            yield return $"Relax {broken.Name} for this run, if it may be broken here: {broken.Text}.";
        if (document.Invariants?.Exists(status => status is { Holds: false, Relaxed: false } && status.Text.Contains("' by ", StringComparison.Ordinal)) == true)
            yield return "Add the fact that is true, as key = value: it settles the contradiction.";
        if (ending.Reason == TerminationReason.Stalled)
            yield return "Give it another subgoal: it repeats what it did.";
        if (ending.Reason is TerminationReason.TooManyErrors or TerminationReason.RetriesExhausted)
            yield return "Look at what fails, mend it, and let the run go on.";
        if (ending.Reason == TerminationReason.MaxIterationsExceeded)
            yield return "Let it go on with as many iterations again, if it gets on.";
        yield return "Add a fact that it does not know.";
        yield return "Give it up: what it did is undone where it can be.";
    }

    private static string Cut(string? text) => text is null ? "" : text.Length <= Shown ? text : $"{text[..Shown]}…";
}
