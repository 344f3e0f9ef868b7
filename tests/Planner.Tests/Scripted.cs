using System.Text.Json;
using LoopBus.Contracts.Planning;
using LoopBus.Loops;

namespace LoopBus.Planner.Tests;

/// <summary>A scripted loop, and requests for its plan.</summary>
internal static class Scripted
{
    public static LoopDefinition Loop { get; } = LoopFile.Parse(
        """
        name: read
        version: 1.2.0
        owner: platform
        input: { type: object, required: [path], properties: { path: { type: string } } }
        tools: [file.read]
        steps:
          - { id: read, tool: file.read, arguments: { path: "{{ input.path }}" } }
          - { id: again, tool: file.read, dependsOn: [read], arguments: { path: "{{ steps.read.output.path }}" } }
        """,
        "loop.yaml");

    public static MakePlan Asked(string taskId, int attempt = 1, string input = """{ "path": "a.txt" }""", LoopDefinition? loop = null) => new(
        taskId,
        attempt,
        new LoopVersion((loop ?? Loop).Name, (loop ?? Loop).Version, (loop ?? Loop).Hash),
        (loop ?? Loop).ToCanonicalJson(),
        JsonElement.Parse(input),
        []);
}
