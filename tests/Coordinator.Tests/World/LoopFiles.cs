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
        ["tendered"] = Tendered("tendered", "20s"),
        ["hurried"] = Tendered("hurried", "1s"),
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
        ["yearly"] = """
            name: yearly
            version: 1.0.0
            owner: tests
            topology: hierarchical
            schedule: "0 0 1 jan *"
            scheduledInput: { path: a.txt }
            input: { type: object, required: [path], properties: { path: { type: string } } }
            planner: { kind: scripted }
            tools: [file.read]
            steps:
              - { id: look, tool: file.read, arguments: { path: "{{ input.path }}" } }
            """,
        ["thinker"] = """
            name: thinker
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: model, task: Think. }
            tools: [file.read]
            limits: { iterations: 10, errors: 3, retries: 3, replans: 3, wallClock: 1h }
            """,
        ["judged"] = """
            name: judged
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [file.read]
            steps:
              - { id: look, tool: file.read, arguments: { path: a.txt } }
            verification: { checks: [ { kind: rubric, criteria: [It is good.] } ] }
            limits: { iterations: 10, errors: 3, retries: 3, replans: 1, wallClock: 1h }
            budget: { tokens: 1000000, usd: 3 }
            """,
        ["asking"] = """
            name: asking
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [file.read, review.ask_model]
            steps:
              - { id: look, tool: file.read, arguments: { path: a.txt } }
              - id: ask
                tool: review.ask_model
                dependsOn: [look]
                arguments: { repository: /srv/a, base: "0000000000000000000000000000000000000000", head: "0000000000000000000000000000000000000000", files: [] }
              - { id: more, tool: file.read, dependsOn: [ask], arguments: { path: b.txt } }
              - { id: last, tool: file.read, dependsOn: [more], arguments: { path: c.txt } }
            limits: { iterations: 10, errors: 3, retries: 3, replans: 1, wallClock: 1h, tokens: 900 }
            """,
        ["asking-twice"] = """
            name: asking-twice
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: scripted }
            tools: [review.ask_model]
            steps:
              - id: one
                tool: review.ask_model
                arguments: { repository: /srv/a, base: "0000000000000000000000000000000000000000", head: "0000000000000000000000000000000000000000", files: [] }
              - id: two
                tool: review.ask_model
                arguments: { repository: /srv/b, base: "0000000000000000000000000000000000000000", head: "0000000000000000000000000000000000000000", files: [] }
              - id: three
                tool: review.ask_model
                dependsOn: [one, two]
                arguments: { repository: /srv/c, base: "0000000000000000000000000000000000000000", head: "0000000000000000000000000000000000000000", files: [] }
            limits: { iterations: 10, errors: 3, retries: 3, replans: 1, wallClock: 1h, tokens: 900 }
            """,
        ["frugal"] = """
            name: frugal
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: model, task: Think little. }
            tools: [file.read]
            limits: { iterations: 10, errors: 3, retries: 3, replans: 3, wallClock: 1h, tokens: 600 }
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
        ["desk"] = """
            name: desk
            version: 1.0.0
            owner: tests
            topology: reflexive
            input: { type: object }
            planner: { kind: model, task: Find the answer. }
            tools: [file.read, file.write, file.restore, http.request]
            gates: [file.write]
            verification: { checks: [ { kind: schema, schema: { type: object } } ] }
            limits: { iterations: 5, errors: 3, retries: 3, replans: 1, wallClock: 1h }
            """,
        ["polished"] = """
            name: polished
            version: 1.0.0
            owner: tests
            topology: reflexive
            input: { type: object }
            planner: { kind: model, task: Find the answer. }
            tools: [file.read]
            verification: { checks: [ { kind: schema, schema: { type: object } } ] }
            limits: { iterations: 5, errors: 3, retries: 3, replans: 1, refinements: 5, wallClock: 1h }
            """,
        ["handed"] = """
            name: handed
            version: 1.0.0
            owner: tests
            topology: reflexive
            input: { type: object }
            planner: { kind: model, task: Find the answer. }
            tools: [file.read]
            verification: { checks: [ { kind: schema, schema: { type: object, required: [notes] } } ] }
            fallback:
              - { id: look, tool: file.read, arguments: { path: a.txt } }
            then:
              - id: note
                tool: file.write
                for_each: "{{ result.notes }}"
                arguments: { path: "{{ item }}.txt", content: "{{ item }}" }
              - { id: tell, tool: file.write, dependsOn: [note], gate: true, arguments: { path: all.txt, content: "notes: {{ result.notes }}" } }
            limits: { iterations: 5, errors: 3, retries: 3, replans: 1, refinements: 0, wallClock: 1h }
            """,
        ["watched"] = """
            name: watched
            version: 1.0.0
            owner: tests
            topology: reflexive
            input: { type: object }
            planner: { kind: model, task: Find the answer. }
            tools: [file.read, file.write]
            gates: [file.read, file.write]
            fallback:
              - { id: look, tool: file.read, arguments: { path: a.txt } }
            then:
              - { id: tell, tool: file.write, arguments: { path: all.txt, content: "{{ result.notes }}" } }
            limits: { iterations: 5, errors: 3, retries: 3, replans: 1, refinements: 0, wallClock: 1h }
            """,
        ["ruled"] = """
            name: ruled
            version: 1.0.0
            owner: tests
            topology: reflexive
            input: { type: object }
            planner: { kind: model, task: Find the answer. }
            tools: [file.read, file.write, file.restore]
            invariants:
              - { name: agreed, kind: no-contradiction }
              - { name: shrinking, kind: decreasing, tool: file.read, of: left, remedy: stop }
              - { name: sure, kind: confidence, least: 0.3 }
              - { name: news, kind: fresh, runs: 2 }
            limits: { iterations: 10, errors: 3, retries: 3, replans: 1, wallClock: 1h }
            onStuck: escalate
            """,
        ["learner"] = """
            name: learner
            version: 1.0.0
            owner: tests
            topology: reflexive
            input: { type: object }
            planner: { kind: model, task: Find the answer. }
            tools: [file.read, file.write, file.restore]
            gates: [file.write]
            memory: { scope: tests }
            limits: { iterations: 5, errors: 3, retries: 3, replans: 1, wallClock: 1h }
            """,
        ["whole"] = """
            name: whole
            version: 1.0.0
            owner: tests
            topology: hierarchical
            input: { type: object }
            planner: { kind: model, task: Find the answer. }
            tools: [file.read, file.write, file.restore]
            limits: { iterations: 10, errors: 5, retries: 3, replans: 2, wallClock: 1h }
            """,
    };

    private static string Tendered(string name, string within) =>
        $$$"""
        name: {{{name}}}
        version: 1.0.0
        owner: tests
        topology: hierarchical
        input: { type: object }
        planner: { kind: scripted }
        tools: [file.write, file.read, file.restore]
        contractNet: { tools: [file.write], within: {{{within}}}, bidders: 2 }
        steps:
          - id: work
            tool: file.write
            arguments: { path: a.txt, content: new }
            timeout: 1s
            retry: { attempts: 2, delay: 10ms, maxDelay: 20ms }
            compensate: { tool: file.restore, arguments: { path: a.txt, backup: "{{ output.backup }}" } }
          - { id: check, tool: file.read, dependsOn: [work], arguments: { path: b.txt } }
        limits: { iterations: 10, errors: 5, retries: 3, replans: 1, wallClock: 1h }
        """;
}
