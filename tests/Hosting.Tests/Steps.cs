using System.Text.Json;
using LoopBus.Contracts.Execution;

namespace LoopBus.Hosting.Tests;

internal static class Steps
{
    public static ExecuteStep Step(string taskId = "task-1") =>
        new(taskId, "step-1", 1, "loop", "tool", JsonSerializer.SerializeToElement(new { }), "hash", "key", 30);

    public static StepResult Result(ExecuteStep step) => new(step.TaskId, step.StepId, step.Attempt, JsonSerializer.SerializeToElement(new { ok = true }), 1);
}
