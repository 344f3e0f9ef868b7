using LoopBus.Contracts.Planning;
using LoopBus.Loops;
using LoopBus.ModelServer.Scripts;
using LoopBus.Planner.Tests.Bus;

namespace LoopBus.Planner.Tests.Models;

public sealed class When_a_result_is_debated(ModelFixture models) : IClassFixture<ModelFixture>
{
    private readonly string model = models.NewModel();
    private readonly string judge = models.NewModel();
    private readonly string task = $"task-{Guid.NewGuid():n}";

    private static LoopDefinition Loop(string debate) => LoopFile.Parse($$"""
        name: court
        version: 1.0.0
        owner: platform
        topology: debate
        input: { type: object, required: [path], properties: { path: { type: string } } }
        planner: { kind: model, task: Find out within how many days the order can be returned. }
        tools: [file.read]
        debate: {{debate}}
        """, "loop.yaml");

    private static LoopDefinition Three { get; } = Loop("""
        { decision: days, rounds: 1, judges: 3, quorum: two-thirds, proposers: [ { name: advocate, persona: The customer. }, { name: auditor, persona: The policy. }, { name: sceptic, persona: What is not proved. } ] }
        """);

    [Fact]
    public async Task Should_gather_alone_until_the_planner_would_be_finished()
    {
        models.Says(model, Reply.OfJson(Acting.Read()));

        var plan = (await Acting.Plan(Start(), Asked(Three))).Plan!;

        (plan.Steps[0].Id, plan.Thought!.Finished, models.Calls(model), models.Calls(judge)).ShouldBe(("act-1", false, 1, 0));
    }

    [Theory]
    [InlineData("advocate", "auditor", "sceptic")]
    [InlineData("sceptic", "auditor", "advocate")]
    [InlineData("auditor", "advocate", "sceptic")]
    public async Task Should_take_what_the_judges_find_best_in_whatever_order_the_candidates_stand(params string[] order)
    {
        var loop = Loop($$"""{ decision: days, rounds: 0, judges: 3, quorum: two-thirds, proposers: [ {{string.Join(", ", order.Select(name => $"{{ name: {name}, persona: Mind it. }}"))}} ] }""");
        Finishes();
        Proposes("advocate", 90);
        Proposes("auditor", 30);
        Proposes("sceptic", 30);
        Prefers(30);

        var plan = (await Acting.Plan(Start(), Asked(loop))).Plan!;

        plan.Thought!.Result!.Value.GetProperty("days").GetInt32().ShouldBe(30);
        plan.Thought.Confidence.ShouldBe(1);
        plan.Thought.Reasoning!.ShouldEndWith("3 of 3 judges; quorum: two-thirds.)");
        models.Calls(judge).ShouldBe(6);
    }

    [Fact]
    public async Task Should_have_no_result_where_the_place_of_a_candidate_decides()
    {
        Finishes();
        Proposes("advocate", 90);
        Proposes("auditor", 30);
        Proposes("sceptic", 10);
        models.Says(judge, Reply.OfJson(new { best = "A", reason = "It comes first." }));

        var proposal = await Acting.Plan(Start(), Asked(Three));

        proposal.Plan.ShouldBeNull();
        proposal.Refusal!.Code.ShouldBe("no-quorum");
        proposal.Refusal.Text.ShouldStartWith("The debate has no result: 0 of 3 judges, 3 without a vote; quorum: two-thirds. Proposed: advocate: 90; auditor: 30; sceptic: 10.");
    }

    [Fact]
    public async Task Should_let_each_hear_the_others_without_their_names_and_change()
    {
        Finishes();
        Proposes("advocate", 90, then: 30);
        Proposes("auditor", 30);
        Proposes("sceptic", 30);
        Prefers(30);

        await Acting.Plan(Start(), Asked(Three));

        var second = models.Server.Journal.Calls.Last(call => call.Model == model && call.Says("You are advocate,")).Messages[0].Text;
        second.ShouldContain("# What was proposed until now");
        second.ShouldContain("# What you proposed");
        second.ShouldNotContain("auditor");
        // The gatherer, three proposers, three again.
        models.Calls(model).ShouldBe(7);
    }

    [Fact]
    public async Task Should_have_one_object_where_all_agree_at_once()
    {
        Finishes();
        Proposes("advocate", 30);
        Proposes("auditor", 30);
        Proposes("sceptic", 30, then: 14);
        Prefers(14);

        var plan = (await Acting.Plan(Start(), Asked(Three))).Plan!;

        plan.Thought!.Result!.Value.GetProperty("days").GetInt32().ShouldBe(14);
        models.Calls(model).ShouldBe(5);
        models.Server.Journal.Calls.Last(call => call.Model == model).Messages[0].Text.ShouldContain("find the strongest objection");
    }

    [Fact]
    public async Task Should_go_on_with_those_whose_proposals_can_be_read_and_fail_with_one()
    {
        Finishes();
        Proposes("advocate", 90);
        models.Server.Add(new Rule { When = new When { Model = model, Contains = ["You are auditor,"] }, Then = [Reply.FromString("I think so.")] });
        models.Server.Add(new Rule { When = new When { Model = model, Contains = ["You are sceptic,"] }, Then = [Reply.FromString("I do not.")] });

        var proposal = await Acting.Plan(Start(), Asked(Three));

        (proposal.Failed, proposal.Refusal!.Text).ShouldBe((true, "Of 3 proposers 1 brought a result that can be read; a debate takes 2."));
    }

    [Fact]
    public async Task Should_pay_for_each_word_once_though_the_answer_is_asked_for_again()
    {
        Finishes();
        Proposes("advocate", 90);
        Proposes("auditor", 30);
        Proposes("sceptic", 30);
        Prefers(30);
        var app = Start();
        await Acting.Plan(app, Asked(Three));
        var (said, judged) = (models.Calls(model), models.Calls(judge));

        var again = (await Acting.Plan(app, Asked(Three))).Plan!;

        again.Thought!.Result!.Value.GetProperty("days").GetInt32().ShouldBe(30);
        (models.Calls(model), models.Calls(judge)).ShouldBe((said, judged));
    }

    private MakePlan Asked(LoopDefinition loop) => Acting.Asked(task, loop: loop);

    private void Finishes() => models.Server.Add(new Rule { When = new When { Model = model, Contains = ["one action at a time"] }, Then = [Reply.OfJson(Acting.Finish(new { days = 0 }))] });

    private void Proposes(string name, int days, int? then = null) => models.Server.Add(new Rule
    {
        When = new When { Model = model, Contains = [$"You are {name},"] },
        Then = [.. new[] { days, then ?? days }.Select(each => Reply.OfJson(new { result = new { days = each }, reasoning = "So it stands there." }))],
    });

    // A judge who reads what the candidates say, wherever they stand.
    private void Prefers(int days) => models.Server.Add(new Rule
    {
        When = new When { Model = judge, Matches = $$"""Candidate (?<letter>[A-Z]):\s+<candidate-[0-9a-f]+>\s+\{"result":\{"days":{{days}}\}""" },
        Then = [Reply.OfJson(new { best = "${letter}", reason = "It stands in the policy." })],
    });

    private PlannerApp Start() => models.StartWith(model, "judge", judge);
}
