using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Tests;

/// <summary>A loop that is right, to make wrong ones of, and the problems of a text.</summary>
internal static class LoopText
{
    public const string Right = """
        name: mirror
        version: 1.0.0
        owner: platform
        input:
          type: object
          required: [path]
          properties:
            path: { type: string }
            urls: { type: array, items: { type: string } }
        tools: [http.request, file.read, file.write, file.restore]
        steps:
          - id: read
            tool: file.read
            arguments: { path: "{{ input.path }}" }
          - id: fetch
            tool: http.request
            dependsOn: [read]
            for_each: "{{ input.urls }}"
            parallel: 4
            timeout: 30s
            retry: { attempts: 3, delay: 1s, maxDelay: 30s }
            arguments: { method: GET, url: "{{ item }}" }
          - id: write
            tool: file.write
            dependsOn: [fetch]
            arguments: { path: out.txt, content: "{{ steps.read.output.content }} and {{ steps.fetch.outputs[0].status }}" }
            compensate: { tool: file.restore, arguments: { path: "{{ output.path }}", backup: "{{ output.backup }}" } }
            verify:
              - { kind: schema, path: sha256, schema: { type: string } }
        limits: { iterations: 25, errors: 3, retries: 10, replans: 2, wallClock: 7d }
        approval: { expiry: 24h, onExpiry: reject }
        result: "{{ steps.write.output }}"
        """;

    public static LoopDefinition Parse(string text) => LoopFile.Parse(text, "loop.yaml");

    public static IReadOnlyList<string> Problems(string text, ToolCatalogue? tools = null)
    {
        try
        {
            LoopFile.Parse(text, "loop.yaml", tools);

            return [];
        }
        catch (LoopFileException exception)
        {
            return exception.Problems;
        }
    }
}
