using System.Text.Json;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Contracts.Planning;
using LoopBus.Contracts.Runs;
using LoopBus.Coordinator.Runs;
using Decision = LoopBus.Coordinator.Runs.Decision;
using LoopBus.Loops;
using LoopBus.Loops.Tools;

namespace LoopBus.Coordinator.Tests.Runs;

/// <summary>Plays a run against the conductor alone: it carries decisions out as the behavior does, and the test plays the world.</summary>
internal sealed class Story
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly StepFactory factory = new(new ToolCatalogue(
    [
        Tool("read", Effect.None, BlastRadius.None),
        Tool("write", Effect.Reversible, BlastRadius.Low),
        Tool("publish", Effect.Irreversible, BlastRadius.Low),
    ]));

    public Story(params PlannedStep[] steps)
    {
        Loop = new LoopDefinition("tale", "1.0.0", "tests", null, "hierarchical", Json("{}"), "scripted", [], steps, [], new LoopLimits(), new ApprovalPolicy(), null);
        Run = new RunState
        {
            TaskId = "t1",
            MaxIterations = 25,
            StartedAt = Noon,
            Document = { Trigger = new RunLoop("t1", "tale", Json("""{ "items": ["a", "b", "c", "d"] }""")), Plan = [.. steps] },
        };
    }

    public LoopDefinition Loop { get; set; }

    public RunState Run { get; }

    public List<string> Said { get; } = [];

    public string Phase => Run.EndedAt is null ? Conductor.Phase(Run.Document) : Run.Next;

    public static PlannedStep Step(string id, string tool = "read", string? after = null, string? each = null, int parallel = 1, bool undo = false, Check[]? verify = null) =>
        new(id, tool, Json("{}"), after is null ? [] : after.Split(' '), each, parallel, Compensate: undo ? new Undo("read", Json("{}")) : null, Verify: verify);

    public static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    public Story GoOn()
    {
        while (Conductor.Decide(Run, Loop) is { } decision)
            Do(decision);

        return this;
    }

    public Story Done(string stepId)
    {
        var step = Run.Document.Find(stepId)!;
        step.Status = StepStatus.Done;
        step.Output = Json("{}");
        step.Sequence = ++Run.Document.Completed;

        return GoOn();
    }

    public Story Granted(string stepId)
    {
        var step = Run.Document.Find(stepId)!;
        step.Status = StepStatus.Ready;
        step.Grant = new Grant("t1", stepId, step.ActionHash, ["ada"], Noon, Noon.AddDays(1), "");

        return GoOn();
    }

    public Story Failed(string stepId)
    {
        Run.Document.Find(stepId)!.Status = StepStatus.Failed;

        return TurnBack(TerminationReason.StepFailed);
    }

    public Story TurnBack(TerminationReason fact)
    {
        Run.Document.Ending ??= Ending.Of(fact, "by the story");

        return GoOn();
    }

    public Story Compensated(string stepId)
    {
        Run.Document.Find(stepId)!.Status = StepStatus.Compensated;

        return GoOn();
    }

    private void Do(Decision decision)
    {
        switch (decision)
        {
            case Decision.Begin(var planned):
                Run.Document.Steps.AddRange(factory.Make(Run, Loop, planned));
                Run.Document.Planned[planned.Id] = PlannedStatus.Executing;
                Run.Iteration++;
                break;
            case Decision.AskLeave(var step):
                step.Status = StepStatus.AwaitingApproval;
                Said.Add($"ask {step.Id}");
                break;
            case Decision.Execute(var step):
                step.Status = StepStatus.Executing;
                Said.Add($"execute {step.Id}");
                break;
            case Decision.Conclude(var planned):
                Run.Document.Planned[planned.Id] = planned.Verify is null ? PlannedStatus.Done : PlannedStatus.Critiquing;
                break;
            case Decision.VerifyRun:
                Run.Document.Conversations.Add(new Conversation { Id = Guid.NewGuid(), Protocol = "", Topic = Topic.Critique, Subject = "@run", Said = [] });
                Said.Add("verify");
                break;
            case Decision.TurnBack(var ending):
                Run.Document.Ending = ending;
                break;
            case Decision.Drop(var step):
                step.Status = StepStatus.Dropped;
                Said.Add($"drop {step.Id}");
                break;
            case Decision.Compensate(var step):
                step.Status = StepStatus.Compensating;
                Said.Add($"undo {step.Id}");
                break;
            case Decision.End(var state, var sentence):
                Run.Next = state;
                Run.Reason = sentence;
                Run.EndedAt = Noon;
                break;
        }
    }

    private static ToolDescriptor Tool(string name, Effect effect, BlastRadius radius) => new(name, name, effect, radius, 10, false, null, Json("{}"), Json("{}"));
}
