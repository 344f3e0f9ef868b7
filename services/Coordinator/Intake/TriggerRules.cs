using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Registry;
using LoopBus.Coordinator.Runs;
using LoopBus.Hosting.Web;
using LoopBus.Loops.Json;

namespace LoopBus.Coordinator.Intake;

/// <summary>Whether a trigger that could be read can be run: its loop exists, and its input fits the loop's schema.</summary>
internal static class TriggerRules
{
    public static TriggerProblem? Problem(RunLoop trigger, LoopRegistry loops)
    {
        if (!TriggerReader.TaskId().IsMatch(trigger.TaskId))
            return TriggerProblem.Of("wrong-fields", understood: false, "taskId", "must be 1-200 characters of A-Z a-z 0-9 . _ : -.");
        if (trigger.MaxIterations is < 1 or > 1000)
            return TriggerProblem.Of("wrong-fields", understood: false, "maxIterations", "must be a whole number from 1 to 1000.");
        if (trigger.Tenant is { } tenant && !TenantName.IsValid(tenant))
            return TriggerProblem.Of("wrong-fields", understood: false, "tenant", $"{TenantName.Rule}.");
        if (loops.Current(trigger.TaskType) is not { } loop)
            return TriggerProblem.Of("unknown-loop", understood: true, "taskType", loops.WhyUnknown(trigger.TaskType));

        var problems = JsonSchemaCheck.Problems(loop.Input, trigger.Input ?? StepFactory.EmptyObject);

        return problems.Count == 0
            ? null
            : new TriggerProblem("wrong-input", Understood: true, problems
                .Select(problem => problem.Split(": ", 2))
                .GroupBy(parts => parts.Length == 2 ? $"input.{parts[0]}" : "input", parts => parts[^1])
                .ToDictionary(field => field.Key, field => field.ToArray()));
    }
}
