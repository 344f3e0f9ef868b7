using LoopBus.Contracts.Execution;
using LoopBus.Loops.Tools;

namespace LoopBus.Loops.Tests;

public sealed class When_a_loop_file_is_wrong
{
    [Theory]
    [InlineData("owner: platform", "owner: platform\nowned: me", "loop.yaml:4: owned: the key 'owned' is unknown here; there are name, version,")]
    [InlineData("owner: platform\n", "", "loop.yaml:1: owner is missing.")]
    [InlineData("version: 1.0.0", "version: 1.0", "loop.yaml:2: version: version must be text; put it in quotes.")]
    [InlineData("version: 1.0.0", "version: v1", "loop.yaml:2: version: version must be three numbers such as 1.0.0; it is 'v1'.")]
    [InlineData("name: mirror", "name: Mirror", "loop.yaml:1: name: name must be lower-case letters, digits and -, at most 64; it is 'Mirror'.")]
    [InlineData("name: mirror", "name: mirror\nname: again", "loop.yaml:2: no YAML: Duplicate key name.")]
    [InlineData("owner: platform", "owner: platform\ntopology: swarm", "loop.yaml:4: topology: topology must be one of reflexive, hierarchical, debate; it is 'swarm'.")]
    [InlineData("owner: platform", "owner: platform\nplanner: { kind: oracle }", "loop.yaml:4: planner.kind: kind must be one of scripted, model; it is 'oracle'.")]
    [InlineData("type: object", "type: objekt", "loop.yaml:4: input: input is no usable JSON schema: type: must be one of object, array,")]
    [InlineData("type: object", "$ref: \"http://127.0.0.1/x\"", "loop.yaml:4: input: input is no usable JSON schema: $ref: a reference cannot be the whole schema")]
    [InlineData("file.restore]", "file.restore, rm.rf]", "loop.yaml:10: tools[4]: there is no tool 'rm.rf'; there are file.read,")]
    [InlineData("file.restore]", "file.read]", "loop.yaml:10: tools[3]: 'file.read' is there twice.")]
    [InlineData("[http.request, file.read,", "[file.read,", "loop.yaml:16: steps[1].tool: the tool 'http.request' is not in the loop's tools; add it there or use one of")]
    [InlineData("id: fetch", "id: read", "loop.yaml:15: steps[1].id: there is already a step 'read'.")]
    [InlineData("id: fetch", "id: 1st", "loop.yaml:15: steps[1].id: '1st' must begin with a letter")]
    [InlineData("dependsOn: [read]", "dependsOn: [reed]", "loop.yaml:17: steps[1].dependsOn[0]: there is no step 'reed'; there are read, fetch, write.")]
    [InlineData("tool: file.read\n", "tool: file.read\n    dependsOn: [write]\n", "loop.yaml:14: steps[0].dependsOn: step 'read' waits for itself, directly or through others.")]
    [InlineData("steps.read.output.content", "steps.reed.output.content", "loop.yaml:26: steps[2].arguments.content: {{ steps.reed.output.content }}: there is no step 'reed'; there are read, fetch, write.")]
    [InlineData("dependsOn: [fetch]", "dependsOn: []", "loop.yaml:26: steps[2].arguments.content: {{ steps.read.output.content }}: step 'read' is not upstream of this one; add it to dependsOn.")]
    [InlineData("steps.fetch.outputs[0]", "steps.fetch.output", "loop.yaml:26: steps[2].arguments.content: {{ steps.fetch.output.status }}: step 'fetch' is a for_each step; write steps.fetch.outputs.")]
    [InlineData("{{ input.path }}", "{{ item.path }}", "loop.yaml:14: steps[0].arguments.path: {{ item.path }}: item exists in the arguments of a for_each step only.")]
    [InlineData("{{ input.path }}", "{{ inputs.path }}", "loop.yaml:14: steps[0].arguments.path: {{ inputs.path }} cannot be read: it must begin with input, item,")]
    [InlineData("{{ input.path }}", "{{ input.path", "loop.yaml:14: steps[0].arguments.path: '{{ input.path' cannot be read: the {{ at character 1 is not closed.")]
    [InlineData("\"{{ input.path }}\"", "{{ input.path }}", "loop.yaml:14: a key must be a word; put a template in quotes")]
    [InlineData("path: \"{{ input.path }}\"", "path: 5", "loop.yaml:14: steps[0].arguments.path: file.read does not take this: path: must be text.")]
    [InlineData("path: \"{{ input.path }}\"", "paht: \"{{ input.path }}\"", "loop.yaml:14: steps[0].arguments.paht: file.read does not take this: paht: is unknown here.")]
    [InlineData("path: \"{{ input.path }}\"", "", "loop.yaml:14: steps[0].arguments.path: file.read does not take this: path: is required.")]
    [InlineData("for_each: \"{{ input.urls }}\"", "for_each: \"a, b\"", "loop.yaml:18: steps[1].for_each: must be one template that brings a list")]
    [InlineData("for_each: \"{{ input.urls }}\"", "for_each: [a, b]", "loop.yaml:18: steps[1].for_each: for_each must be text.")]
    [InlineData("parallel: 4", "parallel: 0", "loop.yaml:19: steps[1].parallel: parallel must be an integer from 1 to 64; it is 0.")]
    [InlineData("parallel: 4", "parallel: many", "loop.yaml:19: steps[1].parallel: parallel must be an integer from 1 to 64; it is \"many\".")]
    [InlineData("timeout: 30s", "timeout: 30", "loop.yaml:20: steps[1].timeout: timeout must be a time such as 500ms, 30s, 5m, 24h or 7d; it is 30.")]
    [InlineData("timeout: 30s", "timeout: 2d", "loop.yaml:20: steps[1].timeout: timeout must be above 0 and at most 24h; it is 2d.")]
    [InlineData("attempts: 3", "attempts: 99", "loop.yaml:21: steps[1].retry.attempts: attempts must be an integer from 1 to 20; it is 99.")]
    [InlineData("maxDelay: 30s", "maxDelay: 100ms", "loop.yaml:21: steps[1].retry.maxDelay: must not be below delay.")]
    [InlineData("tool: file.restore, ", "tool: file.erase, ", "loop.yaml:27: steps[2].compensate.tool: there is no tool 'file.erase'")]
    [InlineData("backup: \"{{ output.backup }}\"", "backup: 4", "loop.yaml:27: steps[2].compensate.arguments.backup: file.restore does not take this: backup: must be text.")]
    [InlineData("kind: schema, ", "", "loop.yaml:29: steps[2].verify[0]: kind is missing.")]
    [InlineData("kind: schema, ", "kind: schemer, ", "loop.yaml:29: steps[2].verify[0].kind: there is no check 'schemer'; there are citations, cited-lines-exist, command, ")]
    [InlineData("path: sha256, ", "paht: sha256, ", "loop.yaml:29: steps[2].verify[0].paht: the check 'schema' takes no 'paht'; it takes schema, path.")]
    [InlineData("schema: { type: string }", "schema: { type: str }", "loop.yaml:29: steps[2].verify[0].schema: is no usable JSON schema: type: must be one of")]
    [InlineData("schema: { type: string }", "schema: \"{{ output }}\"", "loop.yaml:29: steps[2].verify[0].schema: {{ output }}: output exists in compensate only")]
    [InlineData(", schema: { type: string }", "", "loop.yaml:29: steps[2].verify[0]: the check 'schema' needs schema.")]
    [InlineData("path: sha256, ", "path: 'sha 256', ", "loop.yaml:29: steps[2].verify[0].path: 'sha 256': '.' or '[' expected at character 4.")]
    [InlineData("backup: \"{{ output.backup }}\"", "backup: \"{{ index }}\"", "loop.yaml:27: steps[2].compensate.arguments.backup: {{ index }}: index exists in the arguments of a for_each step only.")]
    [InlineData("iterations: 25", "iterations: 2", "loop.yaml:30: limits.iterations: 2 iterations are fewer than the 3 steps.")]
    [InlineData("iterations: 25", "iterations: 0", "loop.yaml:30: limits.iterations: iterations must be an integer from 1 to 1000; it is 0.")]
    [InlineData("wallClock: 7d", "wallClock: 99999d", "loop.yaml:30: limits.wallClock: wallClock must be 1s to 90d; it is 99999d.")]
    [InlineData("onExpiry: reject", "onExpiry: accept", "loop.yaml:31: approval.onExpiry: onExpiry must be one of reject, escalate; it is 'accept'.")]
    [InlineData("{{ steps.write.output }}", "{{ steps.wrote.output }}", "loop.yaml:32: result: {{ steps.wrote.output }}: there is no step 'wrote'")]
    public void Should_say_file_line_and_reason(string right, string wrong, string expected)
    {
        LoopText.Right.ShouldContain(right);

        LoopText.Problems(LoopText.Right.Replace(right, wrong)).ShouldSay(expected);
    }

    [Theory]
    [InlineData("{ kind: citations }", "needs path.")]
    [InlineData("{ kind: citations, path: sha256, sources: policy.md }", "sources: must be a list of texts.")]
    [InlineData("{ kind: citations, path: sha256, numbers: 3 }", "numbers: must be true or false.")]
    [InlineData("{ kind: citations, path: sha256, least: -1 }", "least: must be an integer from 0 to 1000.")]
    [InlineData("{ kind: file, path: 3 }", "path: must be text.")]
    [InlineData("{ kind: file, path: a/b.txt, sha256: abc }", "sha256: must be 64 hexadecimal digits.")]
    [InlineData("{ kind: http, url: 'http://a/', status: 99 }", "status: must be an integer from 100 to 599.")]
    [InlineData("{ kind: http, url: 'http://a/', contains: 3 }", "contains: must be text, or a list of texts.")]
    [InlineData("{ kind: command, program: ../sh }", "program: must be a name that LoopBus:Critic:Commands has")]
    [InlineData("{ kind: command, program: '{{ input.path }}' }", "program: must be written out")]
    [InlineData("{ kind: command, program: sh, arguments: ['{{ input.path }}'] }", "arguments: must be written out")]
    [InlineData("{ kind: command, program: sh, exitCode: 256 }", "exitCode: must be an integer from 0 to 255.")]
    [InlineData("{ kind: end-state }", "needs expected.")]
    [InlineData("{ kind: end-state, expected: {}, ignore: id }", "ignore: must be a list of texts.")]
    [InlineData("{ kind: rubric, criteria: [It is good.], onAbstain: maybe }", "onAbstain: must be fail or pass")]
    [InlineData("{ kind: rubric, criteria: '{{ input.urls }}' }", "criteria: must be a list of 1 to 20 sentences")]
    [InlineData("{ kind: preferred, criteria: [It is good.] }", "needs over.")]
    public void Should_refuse_a_check_that_the_critic_could_not_do(string check, string problem) =>
        LoopText.Problems(LoopText.Right.Replace("{ kind: schema, path: sha256, schema: { type: string } }", check, StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldContain(problem);

    [Theory]
    [InlineData("{ kind: citations, path: 'claims[*]', sources: ['{{ input.path }}', read], numbers: true, least: 2 }")]
    [InlineData("{ kind: citations, path: 'claims[*]', sources: '{{ input.urls }}' }")]
    [InlineData("{ kind: file, path: 'out/{{ task.id }}.txt', exists: false }")]
    [InlineData("{ kind: http, url: '{{ input.path }}', status: 204, contains: [a, b] }")]
    [InlineData("{ kind: command, program: check.sh, arguments: [--strict], exitCode: 1, contains: fine }")]
    [InlineData("{ kind: end-state, value: '{{ steps.read.output }}', expected: { path: '{{ input.path }}' }, ignore: [sha256] }")]
    [InlineData("{ kind: preferred, criteria: [It is good.], over: '{{ steps.read.output.content }}', onAbstain: pass }")]
    public void Should_take_a_check_as_the_reference_has_it(string check) =>
        LoopText.Problems(LoopText.Right.Replace("{ kind: schema, path: sha256, schema: { type: string } }", check, StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Should_say_all_at_once_in_the_order_of_lines()
    {
        var problems = LoopText.Problems(LoopText.Right.Replace("owner: platform", "owner: 1").Replace("tool: file.read", "tool: file.reed").Replace("parallel: 4", "parallel: 400"));

        problems.Select(problem => problem.Split(':')[1]).ShouldBe(["3", "13", "19"]);
    }

    [Fact]
    public void Should_refuse_a_gate_that_is_loosened()
    {
        var text = LoopText.Right.Replace("method: GET, ", "method: POST, ").Replace("parallel: 4", "gate: false");

        LoopText.Problems(text).ShouldBe(["loop.yaml:19: steps[1].gate: gate: false would loosen the gate: http.request is Irreversible with blast radius Medium, which one person must accept."]);
    }

    [Fact]
    public void Should_refuse_fewer_people_than_the_matrix_asks_for()
    {
        var dangerous = ToolCatalogue.BuiltIn.Find("http.request")! with { BlastRadius = BlastRadius.High };
        var tools = new ToolCatalogue(ToolCatalogue.BuiltIn.All.Select(tool => tool.Name == dangerous.Name ? dangerous : tool));
        var text = LoopText.Right.Replace("method: GET, ", "method: POST, ");

        LoopText.Problems(text, tools).ShouldBeEmpty();
        LoopText.Problems(text.Replace("approval: {", "approval: { quorum: 1,"), tools)
            .ShouldBe(["loop.yaml:31: approval.quorum: quorum: 1 would loosen the gate of step 'fetch', which 2 people must accept."]);
    }

    [Fact]
    public void Should_refuse_an_irreversible_step_whose_tool_could_be_compensated()
    {
        var irreversible = ToolCatalogue.BuiltIn.Find("file.write")! with { Effect = Effect.Irreversible };
        var tools = new ToolCatalogue(ToolCatalogue.BuiltIn.All.Select(tool => tool.Name == irreversible.Name ? irreversible : tool));
        var compensate = LoopText.Right.Split('\n').Single(line => line.Contains("compensate:"));

        LoopText.Problems(LoopText.Right, tools).ShouldBeEmpty();
        LoopText.Problems(LoopText.Right.Replace(compensate + "\n", ""), tools).Single()
            .ShouldStartWith("loop.yaml:23: steps[2]: step 'write' cannot be reversed by itself and has no compensate; file.write is compensated by file.restore");
    }

    [Fact]
    public void Should_refuse_a_compensation_that_the_executor_would_refuse()
    {
        var text = LoopText.Right
            .Replace("tool: file.restore, arguments: { path: \"{{ output.path }}\", backup: \"{{ output.backup }}\" }", "tool: http.request, arguments: { method: DELETE, url: \"https://example.org/x\" }");

        const string Problem = "loop.yaml:27: steps[2].compensate: http.request needs people's leave and is not the compensation that file.write declares";
        LoopText.Problems(text).Single().ShouldStartWith(Problem);
        LoopText.Problems(text.Replace("    compensate:", "    gate: true\n    compensate:")).Single().ShouldContain("http.request needs people's leave and is not");
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("- a\n- b")]
    [InlineData("a: &x 1\nb: *x")]
    [InlineData("a: &x [*x]")]
    [InlineData("a: [")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("? {a: 1}\n: 2")]
    [InlineData("steps: [null, 1, [], {}]\ntools: {}\nlimits: []\napproval: 3\nverification: { checks: [1] }\ninput: x\nplanner: model")]
    public void Should_refuse_what_is_no_loop_at_all(string text)
    {
        LoopText.Problems(text).ShouldNotBeEmpty();
        LoopText.Problems(text).ShouldAllBe(problem => problem.StartsWith("loop.yaml:"));
    }

    [Fact]
    public void Should_refuse_a_file_that_nests_without_end()
    {
        LoopText.Problems("a: " + new string('[', 100_000)).ShouldNotBeEmpty();
    }
}
