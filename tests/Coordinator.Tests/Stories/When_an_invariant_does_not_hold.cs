using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Tests.World;
using static LoopBus.Coordinator.Tests.World.Decisions;

namespace LoopBus.Coordinator.Tests.Stories;

[Collection("world")]
public sealed class When_an_invariant_does_not_hold(WorldFixture world)
{
    [Fact]
    public async Task Should_ask_people_where_facts_contradict_each_other_and_go_on_with_theirs()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => Turn(asked) switch
        {
            0 => Read(asked, "a.txt", confidence: 0.5),
            1 => Read(asked, "b.txt", confidence: 0.8, facts: [new Fact("order.status", "paid", "act-1")]),
            2 => Read(asked, "c.txt", confidence: 0.7, facts: [new Fact("order.status", "open", "act-2")]),
            _ => Finish(asked, $$"""{ "task": "{{task}}" }"""),
        };
        world.Roles.OnStep[task] = step => Roles.Done(step, $$"""{ "content": "{{step.StepId}}" }""");
        await world.Begin("ruled", taskId: task);

        var asked = await world.Roles.Escalation(task);
        var packet = asked.Content.Packet!;
        (asked.Content.Kind, packet.Iteration).ShouldBe(("stuck", 3));
        packet.Invariants.Single(status => !status.Holds).ShouldBe(new InvariantStatus("agreed", false, "order.status is 'paid' by act-1 and 'open' by act-2"));
        packet.Confidence.ShouldBe([0.5, 0.8, 0.7]);
        packet.Summary.Length.ShouldBeLessThan(1500);
        packet.Interventions[0].ShouldStartWith("Relax agreed for this run");
        (await world.Status(task)).ShouldBe("escalated");

        await world.Say(
            new AcceptProposal<Escalation>(asked.Content with { Intervention = new Intervention("order.status = open", "Tell the customer.", null, "ada") }, "It was reopened."), asked.Answer);

        await world.Until(task, "completed");
        var last = world.Roles.Plans.Last(plan => plan.Content.TaskId == task).Content;
        last.Facts!.ShouldContain(new Fact("order.status", "open", "person"));
        last.Guidance!.ShouldBe([new Guidance("fact", "order.status = open", "ada"), new Guidance("subgoal", "Tell the customer.", "ada")]);
        last.Invariants!.Single(status => status.Name == "agreed").Holds.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_let_a_run_break_one_that_people_relaxed_and_end_where_they_give_it_up()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => Turn(asked) < 3
            ? Read(asked, $"{Turn(asked)}.txt", facts: [new Fact("order.status", $"{Turn(asked)}", "act-1")])
            : Finish(asked, $$"""{ "task": "{{task}}" }""");
        world.Roles.OnStep[task] = step => Roles.Done(step, $$"""{ "content": "{{step.StepId}}" }""");
        await world.Begin("ruled", taskId: task);
        var asked = await world.Roles.Escalation(task);

        await world.Say(new AcceptProposal<Escalation>(asked.Content with { Intervention = new Intervention(null, null, ["agreed", "unknown"], "ada") }), asked.Answer);

        await world.Until(task, "completed");
        world.Roles.Plans.Last(plan => plan.Content.TaskId == task).Content.Invariants!.ShouldContain(status => status.Name == "agreed" && !status.Holds && status.Relaxed);

        var other = New();
        world.Roles.OnPlan[other] = world.Roles.OnPlan[task];
        world.Roles.OnStep[other] = world.Roles.OnStep[task];
        await world.Begin("ruled", taskId: other);
        var again = await world.Roles.Escalation(other);
        await world.Say(new RejectProposal<Escalation>(again.Content, new Reason("rejected", "no use")), again.Answer);
        (await world.Until(other, "failed")).GetProperty("reason").GetString().ShouldBe("People gave the run up: no use.");
    }

    [Fact]
    public async Task Should_stop_where_that_is_the_remedy()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => Read(asked, $"{Turn(asked)}.txt");
        world.Roles.OnStep[task] = step => Roles.Done(step, """{ "left": 3 }""");
        await world.Begin("ruled", taskId: task);

        (await world.Until(task, "failed")).GetProperty("reason").GetString().ShouldBe("An invariant does not hold: shrinking: 3 of act-1 became 3 of act-2.");
    }

    [Fact]
    public async Task Should_tell_the_planner_to_go_another_way_and_ask_people_the_second_time()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => Read(asked, $"{Turn(asked)}.txt", confidence: 0.1);
        world.Roles.OnStep[task] = step => Roles.Done(step, $$"""{ "content": "{{step.StepId}}" }""");
        await world.Begin("ruled", taskId: task);

        var asked = await world.Roles.Escalation(task);

        asked.Content.Detail.ShouldBe("The run stands still: sure: the planner's confidence in its last action was 0.1, 0.3 is the bound.");
        world.Roles.Plans.Last(plan => plan.Content.TaskId == task).Content.Guidance!.ShouldContain(guidance => guidance.Kind == "invariant" && guidance.Text.EndsWith("Go another way than until now."));
        await world.Say(new RejectProposal<Escalation>(asked.Content, new Reason("rejected", "no use")), asked.Answer);
        await world.Until(task, "failed");
    }

    [Fact]
    public async Task Should_notice_that_run_after_run_brings_the_same()
    {
        for (var i = 0; i < 2; i++)
            await world.Until(await Drift(), "completed");

        var third = await Drift();

        (await world.Roles.Escalation(third)).Content.Detail.ShouldBe("An invariant does not hold: news: the result is that of the 2 runs before, word for word.");
        var asked = await world.Roles.Escalation(third);
        await world.Say(new AcceptProposal<Escalation>(asked.Content), asked.Answer);
        await world.Until(third, "completed");
    }

    private async Task<string> Drift()
    {
        var task = New();
        world.Roles.OnPlan[task] = asked => Finish(asked, """{ "answer": "as ever" }""");

        return await world.Begin("ruled", taskId: task);
    }

    private static string New() => $"ruled-{Guid.NewGuid():n}";
}
