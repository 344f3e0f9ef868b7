using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.Planner.Tests.Bus;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Planner.Tests;

/// <summary>A loop that decides after each action, its runs so far, and what models say of them.</summary>
internal static class Acting
{
    private const string Text = """
        name: desk
        version: 1.0.0
        owner: platform
        topology: reflexive
        input: { type: object, required: [path], properties: { path: { type: string } } }
        planner: { kind: model, task: Find out whether the order is paid. }
        tools: [file.read]
        invariants:
          - { name: no-file-twice, kind: unique, tool: file.read, of: path, remedy: stop }
          - { name: within-budget, kind: budget }
        limits: { iterations: 40 }
        context: { tokens: 8000 }
        """;

    public static LoopDefinition Loop(string what = "", string with = "") => LoopFile.Parse(what.Length == 0 ? Text : Text.Replace(what, with), "loop.yaml");

    public static MakePlan Asked(string task, IReadOnlyList<Turn>? turns = null, int attempt = 1, LoopDefinition? loop = null, string input = """{ "path": "orders.txt" }""")
    {
        loop ??= Loop();

        return new MakePlan(task, attempt, new LoopVersion(loop.Name, loop.Version, loop.Hash), loop.ToCanonicalJson(), JsonElement.Parse(input), [], Turns: turns);
    }

    public static Turn Turn(int number, string content = "Order 17 is paid.", string? problem = null) => new(
        $"act-{number}", "file.read", JsonSerializer.SerializeToElement(new { path = $"{number}.txt" }), problem is null ? JsonSerializer.SerializeToElement(new { content }) : null, problem, default, $"read file {number}");

    public static IReadOnlyList<Turn> Turns(int count, int length = 40) => [.. Enumerable.Range(1, count).Select(number => Turn(number, $"{number} {new string('x', length)}"))];

    public static object Read(string path = "{{ input.path }}", object? facts = null) =>
        new { subgoal = "read the orders", reasoning = "Nothing is known yet.", confidence = 0.8, facts = facts ?? Array.Empty<object>(), action = new { tool = "file.read", arguments = new { path } }, finish = (object?)null };

    public static object Finish(object result) => new { subgoal = "answer", reasoning = "act-1 says so.", confidence = 1, action = (object?)null, finish = new { result } };

    public static async Task<Proposal> Plan(PlannerApp app, MakePlan asked)
    {
        await using var scope = app.Services.CreateAsyncScope();

        return await scope.ServiceProvider.GetRequiredService<Planners>().Plan(asked, default);
    }

    /// <summary>The steps of turns, as a coordinator has them when it checks what comes after.</summary>
    public static IReadOnlyList<PlannedStep> Done(IEnumerable<Turn> turns) => [.. turns.Select(turn => new PlannedStep(turn.StepId, turn.Tool, turn.Arguments, []))];
}
