using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.Runs;

namespace LoopBus.Coordinator.Tests.World;

/// <summary>What a planner says that decides one action at a time.</summary>
internal static class Decisions
{
    public static object Act(MakePlan asked, string tool, string arguments, string? subgoal = null, double? confidence = null, params IReadOnlyList<Fact> facts) => new Propose<Plan>(new Plan(
        asked.TaskId,
        asked.Attempt,
        [new PlannedStep($"act-{(asked.Turns?.Count ?? 0) + 1}", tool, Story.Json(arguments), [])],
        Thought: new Thought(subgoal, confidence, "because", Facts: facts)));

    public static object Read(MakePlan asked, string path, string? subgoal = null, double? confidence = null, params IReadOnlyList<Fact> facts) =>
        Act(asked, "file.read", JsonSerializer.Serialize(new { path }), subgoal, confidence, facts);

    public static object Finish(MakePlan asked, string result = """{ "answer": 42 }""") =>
        new Propose<Plan>(new Plan(asked.TaskId, asked.Attempt, [], Thought: new Thought(null, 0.9, "done", Finished: true, Result: Story.Json(result))));

    public static int Turn(MakePlan asked) => asked.Turns?.Count ?? 0;
}
