using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Ledger;
using LoopBus.Executor.Tools;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.Loops.Json;
using LoopBus.Loops.Templates;
using LoopBus.Loops.Tools;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Steps;

/// <summary>Decides whether a request may run here at all, trusting no word of it: the tool, its names, its gate and its arguments are looked up or computed again.</summary>
internal sealed class Admission(
    ToolCatalogue catalogue, ToolBox tools, EffectLedger ledger, GrantVerifier verifier, IOptions<ExecutorOptions> options, TimeProvider time)
{
    private const string CompensateType = "compensate";

    private static Reason BadArguments { get; } = new("bad-arguments", "The arguments are missing or no plain JSON: a key comes twice, or they nest too deep.");

    /// <returns>The action, or why it is refused whatever the ledger knows.</returns>
    public (StepAction? Action, Reason? Problem) Recognise(ExecuteStep step)
    {
        var (tool, descriptor, problem) = Find(step.Tool);

        if (problem is not null)
            return (null, problem);

        if (Hash(step.TaskId, step.StepId, step.Tool, step.Arguments) is not { } hash)
            return (null, BadArguments);

        if (hash != step.ActionHash)
            return (null, new Reason("hash-mismatch", "The action hash is not that of this task, step, tool and arguments: the request was changed on its way."));

        if (step.IdempotencyKey != IdempotencyKey.For(step.TaskId, step.StepId, step.Tool))
            return (null, new Reason("key-mismatch", "The idempotency key is not that of this task, step and tool."));

        if (step.Ruling is not null && verifier.Problem(step.Ruling, step.TaskId, step.StepId, step.IdempotencyKey) is { } forged)
            return (null, new Reason("ruling-invalid", forged));

        return (new StepAction(
            step.TaskId, step.StepId, step.Attempt, tool!, descriptor!, step.Arguments, hash, step.IdempotencyKey,
            Bounded(step.TimeoutSeconds, descriptor!), step.Grant, step.Ruling, Loop: step.Loop, Allowance: step.Allowance), null);
    }

    /// <summary>As for a step asked alone; its arguments are filled in here, so their hash is made here too.</summary>
    public (StepAction? Action, Reason? Problem) Recognise(ExecuteSegment segment, SegmentStep step, TemplateScope scope)
    {
        if (catalogue.Find(step.Tool)?.AsksModels == true)
            return (null, new Reason("not-alone", $"{step.Tool} asks models, and a segment does not say what it may take; ask for {step.StepId} alone."));

        try
        {
            var arguments = Template.Render(step.Arguments, scope);

            return Hash(segment.TaskId, step.StepId, step.Tool, arguments) is { } hash
                ? Recognise(new ExecuteStep(segment.TaskId, step.StepId, step.Attempt, segment.Loop, step.Tool, arguments, hash, step.IdempotencyKey, step.TimeoutSeconds))
                : (null, BadArguments);
        }
        catch (TemplateException exception)
        {
            return (null, new Reason("bad-template", $"The arguments of {step.StepId} cannot be filled in. {exception.Message}"));
        }
    }

    /// <inheritdoc cref="Recognise(ExecuteStep)"/>
    public (StepAction? Action, Reason? Problem) Recognise(CompensateStep step)
    {
        var (tool, descriptor, problem) = Find(step.Tool);

        if (problem is not null)
            return (null, problem);

        if (Hash(step.TaskId, step.StepId, step.Tool, step.Arguments) is not { } hash)
            return (null, BadArguments);

        if (step.IdempotencyKey != IdempotencyKey.For(step.TaskId, step.StepId, CompensateType))
            return (null, new Reason("key-mismatch", "The idempotency key is not that of this task's step and its compensation."));

        return (new StepAction(
            step.TaskId, step.StepId, step.Attempt, tool!, descriptor!, step.Arguments, hash, step.IdempotencyKey,
            Bounded(step.TimeoutSeconds, descriptor!), Undo: true), null);
    }

    /// <returns>Why the action may not run now, or null.</returns>
    public async Task<Reason?> Problem(StepAction action, CancellationToken cancellationToken)
    {
        var gate = Gate.Decide(action.Declared.Effect, action.Declared.BlastRadius);
        var barred = action.Undo ? await Unearned(action, gate, cancellationToken) : Ungranted(action, gate);

        if (barred is not null)
            return barred;

        var problems = JsonSchemaCheck.Problems(action.Descriptor.Input, action.Arguments);
        return problems.Count == 0 ? null : new Reason("bad-arguments", $"The arguments of {action.Descriptor.Name} break its schema: {string.Join("; ", problems)}");
    }

    private Reason? Ungranted(StepAction action, GateDecision gate)
    {
        if (action.Grant is not { } grant)
            return gate.Required ? new Reason("grant-missing", $"{action.Descriptor.Name} needs the leave of {gate.Quorum} people, and the request brings none.") : null;

        // A forger leaves out what the contract promises.
        if (grant.Approvers is null)
            return new Reason("grant-invalid", "The grant names no approvers.");

        if (verifier.Problem(grant, action.TaskId, action.StepId, action.Hash, DateTimeOffset.MinValue) is { } forged)
            return new Reason("grant-invalid", forged);

        if (verifier.Problem(grant, action.TaskId, action.StepId, action.Hash, time.GetUtcNow()) is { } late)
            return new Reason("grant-expired", late);

        var people = grant.Approvers.Where(by => !string.IsNullOrWhiteSpace(by)).Select(by => by.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return people >= Math.Max(1, gate.Quorum)
            ? null
            : new Reason("grant-quorum", $"{action.Descriptor.Name} needs the leave of {gate.Quorum} different people; the grant names {people}.");
    }

    // An undo brings no grant: it is earned by the effect that it takes back, and a gated tool may undo only what declares it as its compensation.
    private async Task<Reason?> Unearned(StepAction action, GateDecision gate, CancellationToken cancellationToken)
    {
        var done = await ledger.ToolsOf(action.TaskId, action.StepId, action.Key, cancellationToken);

        if (done.Length == 0)
            return new Reason("no-effect", $"The ledger knows no effect of step {action.StepId} of {action.TaskId}: there is nothing to take back.");

        return !gate.Required || done.Any(tool => catalogue.Find(tool)?.Compensation == action.Descriptor.Name)
            ? null
            : new Reason("not-its-compensation", $"{action.Descriptor.Name} is gated and is not the compensation of {string.Join(", ", done)}; plan it as a step of its own.");
    }

    private (ITool? Tool, ToolDescriptor? Descriptor, Reason? Problem) Find(string name)
    {
        if (catalogue.Find(name) is not { } descriptor || tools.Find(name) is not { } tool)
            return (null, null, new Reason("unknown-tool", $"This executor knows no tool '{name}'."));

        return options.Value.Tools.Length > 0 && !options.Value.Tools.Contains(name)
            ? (null, null, new Reason("tool-not-allowed", $"The tool {name} is not in this executor's LoopBus:Executor:Tools."))
            : (tool, descriptor, null);
    }

    private static string? Hash(string taskId, string stepId, string tool, JsonElement arguments)
    {
        try
        {
            return arguments.ValueKind == JsonValueKind.Undefined ? null : ActionHash.Of(taskId, stepId, tool, arguments);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan Bounded(double seconds, ToolDescriptor descriptor) =>
        TimeSpan.FromSeconds(seconds > 0 ? Math.Min(seconds, descriptor.TimeoutSeconds) : descriptor.TimeoutSeconds);
}
