using System.Text.Json;
using System.Text.Json.Serialization;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Intake;
using LoopBus.Coordinator.Runs;

namespace LoopBus.Coordinator.Api;

/// <summary>A run as the HTTP API shows it; usd and tokens are what its model calls cost so far. Iterations are there where one run is shown whose planner asks models: the newest ones.</summary>
internal sealed record RunView(
    string TaskId,
    string Loop,
    string? Version,
    string Status,
    string? Reason,
    int Iteration,
    int Errors,
    long Tokens,
    decimal Usd,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    JsonElement? Result,
    IReadOnlyList<StepView> Steps,
    string? Tenant,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IterationView>? Iterations = null)
{
    public static RunView Of(RunState run) => new(
        run.TaskId, run.Loop, run.LoopVersion, RunStatuses.Of(run.CurrentState), run.Reason, run.Iteration, run.Errors, run.Document.Tokens, run.Document.Usd,
        run.StartedAt, run.EndedAt, run.Document.Result, [.. run.Document.Steps.Select(StepView.Of), .. run.Document.HandedOver().Select(StepView.HandedOver)],
        run.Document.Trigger?.Tenant);

    /// <summary>A task that was taken a moment ago, and whose run has not begun.</summary>
    public static RunView Of(TaskEntry task, string loop) => new(
        task.TaskId, loop, null, RunStatuses.Of(nameof(RunStateMachine.Planning)), null, 0, 0, 0, 0, task.TakenAt, null, null, [], TriggerIntake.TriggerOf(task).Tenant);
}

/// <summary>One step of a run as the HTTP API shows it.</summary>
internal sealed record StepView(
    string Id, string Tool, string Status, int Attempt, string? ActionHash, JsonElement Arguments, JsonElement? Output, string? Problem,
    IReadOnlyList<string> Approvers, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Executor)
{
    public static StepView Of(StepState step) => new(
        step.Id, step.Tool, JsonNamingPolicy.KebabCaseLower.ConvertName(step.Status.ToString()), step.Attempt, step.ActionHash, step.Arguments, step.Output,
        step.Problem?.Text, step.Grant?.Approvers ?? [], step.StartedAt, step.EndedAt, step.Executor);

    /// <summary>A step that the executor has at hand in a segment, and has not reported: its arguments are templates still.</summary>
    public static StepView HandedOver(PlannedStep step) => new(
        step.Id, step.Tool, JsonNamingPolicy.KebabCaseLower.ConvertName(nameof(StepStatus.Executing)), 1, null, step.Arguments, null, null, [], null, null, null);
}
