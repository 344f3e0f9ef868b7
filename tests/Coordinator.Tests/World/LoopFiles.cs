namespace LoopBus.Coordinator.Tests.World;

/// <summary>The loops that the stories run; their tools are the built-in ones, played by the executor's role.</summary>
internal static class LoopFiles
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["chain"] = """
            name: chain
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object, properties: { note: { type: string } }, additionalProperties: false }
            planner: { kind: scripted }
            tools: [file.read, file.write, file.restore]
            steps:
              - { id: look, tool: file.read, arguments: { path: a.txt }, retry: { attempts: 3, delay: 10ms, maxDelay: 20ms } }
              - id: change
                tool: file.write
                dependsOn: [look]
                arguments: { path: a.txt, content: new }
                compensate: { tool: file.restore, arguments: { path: a.txt, backup: "{{ output.backup }}" } }
              - id: more
                tool: file.write
                dependsOn: [change]
                arguments: { path: b.txt, content: new }
                compensate: { tool: file.restore, arguments: { path: b.txt, backup: "{{ output.backup }}" } }
              - { id: check, tool: file.read, dependsOn: [more], arguments: { path: b.txt }, timeout: 1s }
            limits: { iterations: 10, errors: 3, retries: 3, replans: 1, wallClock: 1h }
            result: "{{ steps.check.output }}"
            """,
        ["gated"] = """
            name: gated
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object, required: [to], properties: { to: { type: string } } }
            planner: { kind: scripted }
            tools: [http.request, file.write, file.restore]
            steps:
              - id: note
                tool: file.write
                arguments: { path: a.txt, content: "{{ input.to }}" }
                compensate: { tool: file.restore, arguments: { path: a.txt, backup: "{{ output.backup }}" } }
              - { id: send, tool: http.request, dependsOn: [note], arguments: { method: POST, url: "http://example.test/", body: "{{ input.to }}" } }
            approval: { quorum: 1, expiry: 1h, onExpiry: reject }
            """,
        ["quick"] = """
            name: quick
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [file.read]
            steps:
              - { id: look, tool: file.read, arguments: { path: a.txt } }
            limits: { iterations: 10, errors: 3, retries: 1, replans: 1, wallClock: 1h }
            """,
        ["mute"] = """
            name: mute
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [file.read]
            steps:
              - { id: look, tool: file.read, arguments: { path: a.txt }, timeout: 1s }
            limits: { iterations: 10, errors: 3, retries: 1, replans: 1, wallClock: 1h }
            """,
        ["pair"] = """
            name: pair
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [file.write, file.restore]
            steps:
              - id: one
                tool: file.write
                arguments: { path: a.txt, content: new }
                timeout: 1s
                compensate: { tool: file.restore, arguments: { path: a.txt, backup: "{{ output.backup }}" } }
              - id: two
                tool: file.write
                dependsOn: [one]
                arguments: { path: b.txt, content: "{{ steps.one.output.backup }}" }
                timeout: 1s
                compensate: { tool: file.restore, arguments: { path: b.txt, backup: "{{ output.backup }}" } }
            limits: { iterations: 10, errors: 3, retries: 1, replans: 1, wallClock: 1h }
            """,
        ["stubborn"] = """
            name: stubborn
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [file.read]
            steps:
              - { id: one, tool: file.read, arguments: { path: a.txt }, timeout: 1s }
              - { id: two, tool: file.read, dependsOn: [one], arguments: { path: b.txt }, timeout: 1s, retry: { attempts: 3, delay: 10ms, maxDelay: 20ms } }
            limits: { iterations: 2, errors: 3, retries: 9, replans: 1, wallClock: 1h }
            """,
        ["hasty"] = """
            name: hasty
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [file.read]
            steps:
              - { id: one, tool: file.read, arguments: { path: a.txt } }
              - { id: two, tool: file.read, dependsOn: [one], arguments: { path: b.txt } }
            limits: { iterations: 10, errors: 3, retries: 1, replans: 1, wallClock: 2s }
            """,
        ["brief"] = """
            name: brief
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [http.request]
            steps:
              - { id: send, tool: http.request, arguments: { method: POST, url: "http://example.test/" } }
            limits: { iterations: 10, errors: 3, retries: 1, replans: 1, wallClock: 8s }
            """,
        ["fan"] = """
            name: fan
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object, required: [paths], properties: { paths: { type: array, items: { type: string } } } }
            planner: { kind: scripted }
            tools: [file.read]
            steps:
              - { id: each, tool: file.read, for_each: "{{ input.paths }}", parallel: 4, arguments: { path: "{{ item }}" } }
              - { id: last, tool: file.read, dependsOn: [each], arguments: { path: "{{ steps.each.outputs[0].path }}" } }
            verification: { checks: [ { kind: schema, schema: { type: object } } ] }
            limits: { iterations: 10, errors: 3, retries: 3, replans: 1, wallClock: 1h }
            result: "{{ steps.last.output }}"
            """,
    };
}
