using System.Collections.Concurrent;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Critique;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Testing;

namespace LoopBus.Coordinator.Tests.World;

/// <summary>What the roles were asked, and how they answer; a test changes an answer by task id.</summary>
internal sealed class Roles
{
    public ConcurrentDictionary<string, Func<MakePlan, object?>> OnPlan { get; } = new();

    public ConcurrentDictionary<string, Func<ExecuteStep, object?>> OnStep { get; } = new();

    public ConcurrentDictionary<string, Func<CompensateStep, object?>> OnUndo { get; } = new();

    public ConcurrentDictionary<string, Func<ResultHolds, object?>> OnQuestion { get; } = new();

    public ConcurrentQueue<Asked<MakePlan>> Plans { get; } = new();

    public ConcurrentQueue<Asked<ExecuteStep>> Steps { get; } = new();

    public ConcurrentQueue<Asked<CompensateStep>> Undos { get; } = new();

    public ConcurrentQueue<Asked<GatedAction>> Gates { get; } = new();

    public ConcurrentQueue<Asked<Escalation>> Escalations { get; } = new();

    public ConcurrentQueue<Asked<EffectHappened>> Doubts { get; } = new();

    public ConcurrentQueue<string> Withdrawn { get; } = new();

    public static object Holds(ResultHolds asked) => new Inform<Verdict>(new Verdict(asked.TaskId, asked.Subject, asked.Attempt, true, [new Evidence("schema", true, "fits")]));

    public static object Done(ExecuteStep step, string output = "{}") =>
        new Inform<StepResult>(new StepResult(step.TaskId, step.StepId, step.Attempt, Runs.Story.Json(output), 1));

    public static object Fails(ExecuteStep step, string code = "broken", bool retryable = false) => new Failure<ExecuteStep>(step, new Reason(code, $"{step.StepId} broke", retryable));

    public Task<Asked<GatedAction>> Gate(string taskId) => First(Gates, asked => asked.Content.TaskId == taskId, $"approval is asked about {taskId}");

    public Task<Asked<Escalation>> Escalation(string taskId) => First(Escalations, asked => asked.Content.TaskId == taskId, $"approval hears the escalation of {taskId}");

    public Task<Asked<EffectHappened>> Doubt(string taskId) => First(Doubts, asked => asked.Content.TaskId == taskId, $"approval hears the doubt of {taskId}");

    public List<string> StepsOf(string taskId) => [.. Steps.Where(asked => asked.Content.TaskId == taskId).Select(asked => asked.Content.StepId)];

    public List<string> UndosOf(string taskId) => [.. Undos.Where(asked => asked.Content.TaskId == taskId).Select(asked => asked.Content.StepId)];

    private static Task<T> First<T>(ConcurrentQueue<T> queue, Func<T, bool> which, string what)
        where T : class =>
        Eventually.Value(() => Task.FromResult(queue.LastOrDefault(which)), WorldFixture.Patience, what);
}
