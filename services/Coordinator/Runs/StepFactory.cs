using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Loops.Templates;
using LoopBus.Loops.Tools;

namespace LoopBus.Coordinator.Runs;

/// <summary>Makes the steps that carry out a planned step: arguments filled in, action hashed, gate decided.</summary>
internal sealed class StepFactory(ToolCatalogue tools)
{
    /// <exception cref="TemplateException">A template finds nothing, or the items are no list, too many, or not unique.</exception>
    public IEnumerable<StepState> Make(RunState run, LoopDefinition loop, PlannedStep planned)
    {
        var scope = Scope(run);

        return planned.ForEach is null
            ? [Make(run, loop, planned, planned.Id, scope, item: null)]
            : Template.RenderList(planned.ForEach, scope)
                .Select((item, index) => Make(run, loop, planned, ForEachInvariants.StepId(planned.Id, index), scope with { Item = item, Index = index }, item))
                .ToList();
    }

    /// <summary>What the templates of a run see: outputs of the planned steps that are done, a for_each's as a list.</summary>
    public static TemplateScope Scope(RunState run)
    {
        var document = run.Document;
        var outputs = document.Planned.Where(planned => planned.Value is PlannedStatus.Critiquing or PlannedStatus.Done).ToDictionary(
            planned => planned.Key,
            planned => Output(document, planned.Key));

        return new TemplateScope(run.TaskId, document.Trigger!.Input ?? EmptyObject) { Steps = outputs, Result = document.Result };
    }

    /// <returns>A planned step's output: the step's own, or the list of its items' outputs.</returns>
    public static JsonElement Output(RunDocument document, string planned)
    {
        var steps = document.StepsOf(planned).ToList();
        var isList = document.PlannedFor(planned).ForEach is not null;

        return isList ? JsonSerializer.SerializeToElement(steps.ConvertAll(step => step.Output)) : steps[0].Output ?? EmptyObject;
    }

    /// <returns>The output of the newest plan's last step, on which no other depends; of several, each by its id.</returns>
    public static JsonElement LastOutput(RunDocument document)
    {
        var plan = document.Plan!.FindAll(step => document.IsDone(step.Id) && (document.Newest?.Contains(step.Id) ?? true));
        var last = plan.FindAll(step => !plan.Exists(other => other.DependsOn.Contains(step.Id)));

        return last is [var only] ? Output(document, only.Id) : JsonSerializer.SerializeToElement(last.ToDictionary(step => step.Id, step => Output(document, step.Id)));
    }

    /// <summary>A step of a segment that nobody reported, as the plan has it: what it did, or whether, is not known.</summary>
    public StepState Unreported(RunState run, PlannedStep planned, Reason problem)
    {
        var declared = tools.Find(planned.Tool)?.WorstOf(planned.Arguments) ?? Worst;

        return new StepState
        {
            Id = planned.Id,
            Planned = planned.Id,
            Tool = planned.Tool,
            Arguments = planned.Arguments,
            ActionHash = "",
            Key = IdempotencyKey.For(run.TaskId, planned.Id, planned.Tool),
            Effect = declared.Effect,
            BlastRadius = declared.BlastRadius,
            Gated = false,
            Quorum = 0,
            Status = declared.Effect == Contracts.Execution.Effect.None ? StepStatus.Dropped : StepStatus.NotCompensated,
            Problem = problem,
        };
    }

    /// <summary>A gated step with arguments that a person gave it, word for word: another action, which is decided anew.</summary>
    public StepState Edited(RunState run, LoopDefinition loop, StepState step, JsonElement arguments)
    {
        var tool = tools.Find(step.Tool);
        var declared = tool?.EffectOf(arguments) ?? Worst;
        var gate = Gate.Decide(tool, arguments, run.Document.PlannedFor(step), loop.Approval);

        return new StepState
        {
            Id = step.Id,
            Planned = step.Planned,
            Tool = step.Tool,
            Arguments = arguments,
            ActionHash = ActionHash.Of(run.TaskId, step.Id, step.Tool, arguments),
            Key = step.Key,
            Effect = declared.Effect,
            BlastRadius = declared.BlastRadius,
            Gated = true,
            Quorum = Math.Max(step.Quorum, gate.Quorum),
            Item = step.Item,
            Asked = step.Asked,
        };
    }

    public static JsonElement EmptyObject { get; } = JsonSerializer.SerializeToElement(new { });

    private StepState Make(RunState run, LoopDefinition loop, PlannedStep planned, string id, TemplateScope scope, JsonElement? item)
    {
        var arguments = Template.Render(planned.Arguments, scope);
        var tool = tools.Find(planned.Tool);
        var declared = tool?.EffectOf(arguments) ?? Worst;
        var gate = Gate.Decide(tool, arguments, planned, loop.Approval);

        return new StepState
        {
            Id = id,
            Planned = planned.Id,
            Tool = planned.Tool,
            Arguments = arguments,
            ActionHash = ActionHash.Of(run.TaskId, id, planned.Tool, arguments),
            Key = IdempotencyKey.For(run.TaskId, id, planned.Tool),
            Effect = declared.Effect,
            BlastRadius = declared.BlastRadius,
            Gated = gate.Required,
            Quorum = gate.Quorum,
            Item = item,
        };
    }

    private static DeclaredEffect Worst { get; } = new(Contracts.Execution.Effect.Irreversible, Contracts.Execution.BlastRadius.VeryHigh);
}
