using System.Collections.Concurrent;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Loops;
using LoopBus.Loops.Templates;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.World;

/// <summary>What the roles were asked, and how they answer; a test changes an answer by task id.</summary>
internal sealed class Roles
{
    public ConcurrentDictionary<string, Func<MakePlan, object?>> OnPlan { get; } = new();

    public ConcurrentDictionary<string, Func<ExecuteStep, object?>> OnStep { get; } = new();

    public ConcurrentDictionary<string, Func<ExecuteSegment, object?>> OnSegment { get; } = new();

    public ConcurrentDictionary<string, Func<CompensateStep, object?>> OnUndo { get; } = new();

    public ConcurrentDictionary<string, Func<ResultHolds, object?>> OnQuestion { get; } = new();

    public ConcurrentQueue<Asked<MakePlan>> Plans { get; } = new();

    public ConcurrentQueue<Asked<ExecuteStep>> Steps { get; } = new();

    public ConcurrentQueue<Asked<ExecuteSegment>> Segments { get; } = new();

    public ConcurrentQueue<Asked<ExecuteSegment>> Halts { get; } = new();

    public ConcurrentQueue<Asked<CompensateStep>> Undos { get; } = new();

    public ConcurrentQueue<Asked<GatedAction>> Gates { get; } = new();

    public ConcurrentQueue<Asked<Escalation>> Escalations { get; } = new();

    public ConcurrentQueue<Asked<EffectHappened>> Doubts { get; } = new();

    public ConcurrentQueue<RunLearned> Learned { get; } = new();

    public ConcurrentQueue<string> Withdrawn { get; } = new();

    public static object Holds(ResultHolds asked) => new Inform<Verdict>(new Verdict(asked.TaskId, asked.Subject, asked.Attempt, true, [new Evidence("schema", true, "fits")]));

    public static object Done(ExecuteStep step, string output = "{}") =>
        new Inform<StepResult>(new StepResult(step.TaskId, step.StepId, step.Attempt, Runs.Story.Json(output), 1));

    public static object Fails(ExecuteStep step, string code = "broken", bool retryable = false) => new Failure<ExecuteStep>(step, new Reason(code, $"{step.StepId} broke", retryable));

    /// <summary>The segment's report when only its first so many steps were begun; each as the usual or the test's executor answers it alone.</summary>
    public object? Reports(ExecuteSegment segment, int begun = int.MaxValue, Action<ExecuteStep>? asked = null)
    {
        var outputs = segment.Outputs.EnumerateObject().ToDictionary(output => output.Name, output => output.Value);
        var reports = new List<StepReport>();

        foreach (var step in segment.Steps.Take(begun))
        {
            var arguments = Template.Render(step.Arguments, new TemplateScope(segment.TaskId, segment.Input) { Steps = outputs });
            var hash = ActionHash.Of(segment.TaskId, step.StepId, step.Tool, arguments);
            var alone = new ExecuteStep(segment.TaskId, step.StepId, step.Attempt, segment.Loop, step.Tool, arguments, hash, step.IdempotencyKey, step.TimeoutSeconds);
            asked?.Invoke(alone);
            var at = TimeProvider.System.GetUtcNow();
            var act = OnStep.TryGetValue(segment.TaskId, out var special) ? special(alone) : Done(alone, """{ "backup": null }""");
            if (act is null)
                return null;

            var (output, reason) = act switch
            {
                Inform<StepResult> done => (done.Content.Output, null),
                Refuse<ExecuteStep> refuse => ((JsonElement?)null, refuse.Reason),
                var failure => (null, ((Failure<ExecuteStep>)failure).Reason),
            };
            reports.Add(new StepReport(step.StepId, step.Attempt, Performative.Of(act.GetType())!, hash, output, reason, at, at.AddMilliseconds(1)));
            if (output is not { } brought)
                break;
            outputs[step.StepId] = brought;
        }

        return new Inform<SegmentResult>(new SegmentResult(segment.TaskId, segment.FirstStepId, reports));
    }

    public Task<Asked<ExecuteSegment>> Segment(string taskId) => First(Segments, asked => asked.Content.TaskId == taskId, $"the executor hears a segment of {taskId}");

    public Task<Asked<ExecuteSegment>> Halt(string taskId) => First(Halts, asked => asked.Content.TaskId == taskId, $"the executor hears that a segment of {taskId} is cancelled");

    public List<string> SegmentsOf(string taskId) => [.. Segments.Where(asked => asked.Content.TaskId == taskId).Select(asked => string.Join('+', asked.Content.Steps.Select(step => step.StepId)))];

    public Task<Asked<GatedAction>> Gate(string taskId) => First(Gates, asked => asked.Content.TaskId == taskId, $"approval is asked about {taskId}");

    public Task<Asked<Escalation>> Escalation(string taskId) => First(Escalations, asked => asked.Content.TaskId == taskId, $"approval hears the escalation of {taskId}");

    public Task<Asked<EffectHappened>> Doubt(string taskId) => First(Doubts, asked => asked.Content.TaskId == taskId, $"approval hears the doubt of {taskId}");

    public Task<RunLearned> LearnedOf(string taskId) => First(Learned, learned => learned.TaskId == taskId, $"the planner hears what {taskId} learned");

    public List<string> StepsOf(string taskId) => [.. Steps.Where(asked => asked.Content.TaskId == taskId).Select(asked => asked.Content.StepId)];

    public List<string> UndosOf(string taskId) => [.. Undos.Where(asked => asked.Content.TaskId == taskId).Select(asked => asked.Content.StepId)];

    private static Task<T> First<T>(ConcurrentQueue<T> queue, Func<T, bool> which, string what)
        where T : class =>
        Eventually.Value(() => Task.FromResult(queue.LastOrDefault(which)), WorldFixture.Patience, what);
}
