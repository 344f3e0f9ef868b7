using System.Text.Json;
using LoopBus.Contracts.Planning;

namespace LoopBus.Loops.Tests;

/// <summary>A loop that decides after each action, and runs of it.</summary>
internal static class RunText
{
    public static LoopDefinition Loop { get; } = LoopFile.Parse(
        """
        name: desk
        version: 1.0.0
        owner: platform
        topology: reflexive
        input: { type: object }
        planner: { kind: model, task: Answer the question. }
        tools: [file.read]
        invariants:
          - { name: within-budget, kind: budget }
          - { name: moving, kind: progress }
        context: { tokens: 6000, verbatim: 3, reanchor: 10 }
        """,
        "loop.yaml");

    public static MakePlan Asked(params IReadOnlyList<Turn> turns) =>
        new("t", 1, new LoopVersion(Loop.Name, Loop.Version, Loop.Hash), "", JsonElement.Parse("{}"), [], Turns: turns);

    public static Turn Turn(int number, string output = "fine", string? problem = null, string subgoal = "look into it") => new(
        $"act-{number}", "file.read", JsonElement.Parse($$"""{ "path": "{{number}}.txt" }"""), problem is null ? JsonSerializer.SerializeToElement(new { content = output }) : null, problem, default, subgoal);

    public static IReadOnlyList<Turn> Turns(int count, int length = 50) => [.. Enumerable.Range(1, count).Select(number => Turn(number, $"{number}:{new string('x', length)}"))];
}
