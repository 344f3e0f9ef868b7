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
    private static readonly ToolCatalogue Tools = new(
    [
        Tool("read", Effect.None, BlastRadius.None),
        Tool("write", Effect.Reversible, BlastRadius.Low),
        Tool("publish", Effect.Irreversible, BlastRadius.Low),
        Tool("call", Effect.Irreversible, BlastRadius.Low) with { EffectWhen = [new EffectRule("method", ["GET"], Effect.None, BlastRadius.None)] },
    ]);

    private readonly StepFactory factory = new(Tools);

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

    /// <summary>The most steps of a segment; 1: each step by itself.</summary>
    public int SegmentSteps { get; init; } = 1;

    public List<string> Said { get; } = [];

    public string Phase => Run.EndedAt is null ? Conductor.Phase(Run.Document) : Run.Next;

    public static PlannedStep Step(string id, string tool = "read", string? after = null, string? each = null, int parallel = 1, bool undo = false, Check[]? verify = null, string with = "{}", bool gate = false) =>
        new(id, tool, Json(with), after is null ? [] : after.Split(' '), each, parallel, Compensate: undo ? new Undo("read", Json("{}")) : null, Gate: gate, Verify: verify);

    public static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    public Story GoOn()
    {
        while (Conductor.Decide(Run, Loop, new Fusion(Loop, Tools, SegmentSteps)) is { } decision)
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

    /// <summary>The open segment ends after these steps were done.</summary>
    public Story Reported(params string[] done)
    {
        Run.Document.Conversations.Last(conversation => conversation is { Open: true, Topic: Topic.Segment }).Open = false;

        foreach (var id in done)
        {
            if (Run.Document.Find(id) is null)
                Do(new Decision.Begin(Run.Document.Plan!.First(step => step.Id == id)));
            var step = Run.Document.Find(id)!;
            (step.Status, step.Output, step.Sequence) = (StepStatus.Done, Json("{}"), ++Run.Document.Completed);
            if (Run.Document.PlannedFor(step).Verify is null)
                Run.Document.Planned[id] = PlannedStatus.Done;
        }

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
                (step.Status, step.Attempt) = (StepStatus.Executing, step.Attempt + 1);
                Said.Add($"execute {step.Id}");
                break;
            case Decision.ExecuteSegment(var first, var followers):
                (first.Status, first.Attempt, first.Asked) = (StepStatus.Executing, 1, first.Asked + 1);
                string[] together = [first.Planned, .. followers.Select(step => step.Id)];
                Run.Document.Conversations.Add(new Conversation { Id = Guid.NewGuid(), Protocol = "", Topic = Topic.Segment, Subject = first.Id, Said = [], Steps = together });
                Said.Add($"execute {string.Join('+', together)}");
                break;
            case Decision.GiveUpSegment(var conversation):
                conversation.Open = false;
                Said.Add($"give up {string.Join('+', conversation.Steps!)}");
                break;
            case Decision.Conclude(var planned):
                Run.Document.Planned[planned.Id] = planned.Verify is null ? PlannedStatus.Done : PlannedStatus.Critiquing;
                break;
            case Decision.VerifyRun:
                Run.Document.Conversations.Add(new Conversation { Id = Guid.NewGuid(), Protocol = "", Topic = Topic.Critique, Subject = "@run", Said = [] });
                Said.Add("verify");
                break;
            case Decision.Stop(var termination):
                Run.Document.Ending = Ending.Of(termination);
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
