using LoopBus.Loops.Bidding;

namespace LoopBus.Loops.Tests;

public sealed class When_a_loop_has_rules_of_its_own
{
    private const string Loop = """
        name: desk
        version: 1.0.0
        owner: platform
        topology: reflexive
        input: { type: object }
        planner: { kind: model, task: Answer. }
        tools: [file.read, file.write, file.restore]
        gates: [file.write]
        invariants:
          - { name: no-file-twice, kind: unique, tool: file.read, of: path, remedy: stop }
          - { name: within-budget, kind: budget }
        context: { tokens: 8000 }
        budget: { tokens: 1000000 }
        onStuck: escalate
        limits: { refinements: 2 }
        memory: { scope: orders, recall: 3 }
        """;

    [Fact]
    public void Should_have_them_with_what_is_usual()
    {
        var loop = LoopFile.Parse(Loop, "loop.yaml");

        (loop.Topology, loop.OnStuck).ShouldBe((LoopDefinition.Reflexive, Remedies.Escalate));
        loop.Gates.ShouldBe(["file.write"]);
        loop.Invariants!.Select(invariant => (invariant.Name, invariant.Kind, invariant.Remedy))
            .ShouldBe([("no-file-twice", InvariantKinds.Unique, Remedies.Stop), ("within-budget", InvariantKinds.Budget, Remedies.Summarize)]);
        loop.Invariants![1].Parameters.GetProperty("share").GetDecimal().ShouldBe(0.8m);
        loop.Context.ShouldBe(new ContextPolicy(8000));
        loop.Budget.ShouldBe(new DailyBudget(1_000_000));
        loop.Memory.ShouldBe(new MemoryPolicy("orders", 3));
        loop.Memory!.ScopeOf(loop.Name).ShouldBe("shared:orders");
        loop.Memory.ScopeOf(loop.Name, "Acme").ShouldBe("tenant:acme/shared:orders");
        (loop.Limits.Refine, loop.Limits.Nudge).ShouldBe((2, 1));
        LoopDefinition.FromJson(loop.ToCanonicalJson()).Hash.ShouldBe(loop.Hash);
    }

    [Theory]
    [InlineData("gates: [file.write]", "gates: [mail.send]", "loop.yaml:8: gates[0]: 'mail.send' is none of the loop's tools: file.read, file.write, file.restore.")]
    [InlineData("kind: unique, tool: file.read", "kind: unique, tool: mail.send", "loop.yaml:10: invariants[0].tool: 'mail.send' is none of the loop's tools: file.read, file.write, file.restore.")]
    [InlineData("of: path", "of: 'path['", "loop.yaml:10: invariants[0].of: of is no way into JSON: 'path[': the '[' at character 5 is not closed.")]
    [InlineData("kind: budget", "kind: vibes", "loop.yaml:11: invariants[1].kind: kind must be one of budget, no-contradiction, progress, decreasing, unique, count-below, confidence, fresh; it is 'vibes'.")]
    [InlineData("kind: budget", "kind: budget, share: 2", "loop.yaml:11: invariants[1].share: share must be a number from 0 to 1; it is 2.")]
    [InlineData("name: within-budget", "name: no-file-twice", "loop.yaml:11: invariants[1].name: 'no-file-twice' is there twice.")]
    [InlineData("remedy: stop", "remedy: hope", "loop.yaml:10: invariants[0].remedy: remedy must be one of summarize, change-strategy, escalate, stop; it is 'hope'.")]
    [InlineData("recall: 3", "recall: 0", "loop.yaml:16: memory.recall: recall must be an integer from 1 to 50; it is 0.")]
    [InlineData("recall: 3", "relevance: 70", "loop.yaml:16: memory.relevance: relevance must be a number from 0 to 1; it is 70.")]
    [InlineData("recall: 3", "facts: some", "loop.yaml:16: memory.facts: facts must be true or false; it is \"some\".")]
    [InlineData("scope: orders", "scope: Orders", "loop.yaml:16: memory.scope: scope must be loop, or a name that loops share: lower-case letters, digits and -, at most 64; it is 'Orders'.")]
    [InlineData("recall: 3", "forget: all", "loop.yaml:16: memory.forget: the key 'forget' is unknown here; there are scope, recall, relevance, facts, lessons.")]
    [InlineData("onStuck: escalate", "onStuck: hope", "loop.yaml:14: onStuck: onStuck must be one of stop, escalate; it is 'hope'.")]
    [InlineData("planner: { kind: model, task: Answer. }", "planner: { kind: scripted }", "loop.yaml:4: topology: topology: reflexive is for planner: { kind: model }, which decides after each action; a script is hierarchical.")]
    public void Should_be_refused_with_its_line_and_reason(string what, string with, string problem)
    {
        Should.Throw<LoopFileException>(() => LoopFile.Parse(Loop.Replace(what, with), "loop.yaml")).Problems.ShouldContain(problem);
    }

    [Fact]
    public void Should_say_which_steps_executors_bid_for()
    {
        var loop = LoopFile.Parse(Announced, "loop.yaml");

        loop.ContractNet.ShouldNotBeNull().Tools.ShouldBe(["file.write"]);
        (loop.ContractNet.WithinSeconds, loop.ContractNet.Bidders, loop.ContractNet.Weigh).ShouldBe((0.5, 3, new BidWeights(Cost: 2, Load: 0.5)));
        (loop.IsAnnounced("file.write"), loop.IsAnnounced("file.read")).ShouldBe((true, false));
        LoopDefinition.FromJson(loop.ToCanonicalJson()).Hash.ShouldBe(loop.Hash);
        LoopFile.Parse(Loop + "\ncontractNet: {}", "loop.yaml").IsAnnounced("file.read").ShouldBeTrue("all, where none is named");
        LoopFile.Parse(Loop, "loop.yaml").IsAnnounced("file.read").ShouldBeFalse();
    }

    private const string Announced = Loop + "\ncontractNet: { tools: [file.write], within: 500ms, bidders: 3, weigh: { cost: 2, load: 0.5 } }";

    [Theory]
    [InlineData("tools: [file.write], within", "tools: [no.such], within", "loop.yaml:17: contractNet.tools[0]: there is no tool 'no.such'; there are")]
    [InlineData("within: 500ms", "within: 1ms", "loop.yaml:17: contractNet.within: within must be 100ms to 24h; it is 1ms.")]
    [InlineData("bidders: 3", "bidders: 0", "loop.yaml:17: contractNet.bidders: bidders must be an integer from 1 to 32; it is 0.")]
    [InlineData("cost: 2", "cost: -2", "loop.yaml:17: contractNet.weigh.cost: cost must be a number from 0 to 1000; it is -2.")]
    [InlineData("cost: 2", "price: 2", "loop.yaml:17: contractNet.weigh.price: the key 'price' is unknown here; there are cost, load, time, confidence.")]
    public void Should_be_refused_where_its_contract_net_is_wrong(string what, string with, string problem)
    {
        var thrown = Should.Throw<LoopFileException>(() => LoopFile.Parse(Announced.Replace(what, with, StringComparison.Ordinal), "loop.yaml"));

        thrown.Message.ShouldContain(problem);
    }

    [Fact]
    public void Should_say_how_it_debates()
    {
        var loop = LoopFile.Parse(Debate, "loop.yaml");

        loop.Debate!.Proposers.Select(proposer => (proposer.Name, proposer.Role)).ShouldBe([("pro", null), ("contra", "critic")]);
        (loop.Debate.Rounds, loop.Debate.Judges, loop.Debate.Quorum, loop.Debate.Decision).ShouldBe((1, 3, "two-thirds", "verdict"));
        LoopDefinition.FromJson(loop.ToCanonicalJson()).Hash.ShouldBe(loop.Hash);
    }

    private static string Debate { get; } = Loop.Replace("topology: reflexive", """
        topology: debate
        debate: { judges: 3, quorum: two-thirds, decision: verdict, proposers: [ { name: pro, persona: For it. }, { name: contra, persona: Against it., role: critic } ] }
        """);

    [Theory]
    [InlineData(", { name: contra, persona: Against it., role: critic }", "", "loop.yaml:5: debate.proposers: a debate has 2 to 7 proposers; here are 1.")]
    [InlineData("name: contra", "name: pro", "loop.yaml:5: debate.proposers[1].name: 'pro' is there twice.")]
    [InlineData("role: critic", "role: judge", "loop.yaml:5: debate.proposers[1].role: role must be one of planner, critic, summarizer; it is 'judge'.")]
    [InlineData("decision: verdict", "decision: 'a['", "loop.yaml:5: debate.decision: decision is no way into JSON: 'a[': the '[' at character 2 is not closed.")]
    [InlineData("topology: debate", "topology: reflexive", "loop.yaml:4: topology: topology: debate and the section debate go together: who proposes, and what agreement it takes.")]
    public void Should_be_refused_where_its_debate_is_wrong(string what, string with, string problem)
    {
        Should.Throw<LoopFileException>(() => LoopFile.Parse(Debate.Replace(what, with), "loop.yaml")).Problems.ShouldContain(problem);
    }

    [Theory]
    [InlineData("memory: { }")]
    [InlineData("memory: { scope: loop }")]
    public void Should_remember_for_itself_where_it_names_no_scope_that_loops_share(string memory)
    {
        var loop = LoopFile.Parse(Loop.Replace("memory: { scope: orders, recall: 3 }", memory), "loop.yaml");

        loop.Memory.ShouldBe(new MemoryPolicy());
        loop.Memory!.ScopeOf(loop.Name).ShouldBe("loop:desk");
    }

    [Fact]
    public void Should_have_the_hash_that_it_had_where_it_remembers_nothing()
    {
        var loop = LoopFile.Parse(Loop.Replace("memory: { scope: orders, recall: 3 }", ""), "loop.yaml");

        loop.ToCanonicalJson().ShouldNotContain("memory");
    }
}
