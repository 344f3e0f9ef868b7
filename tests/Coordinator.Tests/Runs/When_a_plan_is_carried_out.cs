using LoopBus.Contracts.Planning;
using static LoopBus.Coordinator.Tests.Runs.Story;

namespace LoopBus.Coordinator.Tests.Runs;

public sealed class When_a_plan_is_carried_out
{
    [Fact]
    public void Should_begin_a_step_only_after_what_it_depends_on()
    {
        var story = new Story(Step("a"), Step("b"), Step("c", after: "a b")).GoOn();

        story.Said.ShouldBe(["execute a", "execute b"]);
        story.Done("a").Said.ShouldNotContain("execute c");
        story.Done("b").Said.ShouldContain("execute c");
        story.Done("c").Phase.ShouldBe("Completed");
    }

    [Fact]
    public void Should_run_at_most_parallel_items_at_once()
    {
        var story = new Story(Step("each", each: "{{ input.items }}", parallel: 2)).GoOn();

        story.Said.ShouldBe(["execute each[0]", "execute each[1]"]);
        story.Done("each[1]").Said.ShouldBe(["execute each[0]", "execute each[1]", "execute each[2]"]);
        story.Done("each[0]").Done("each[2]").Done("each[3]").Phase.ShouldBe("Completed");
        story.Run.Iteration.ShouldBe(1);
    }

    [Fact]
    public void Should_be_done_at_once_with_an_empty_list()
    {
        var story = new Story(Step("each", each: "{{ input.none }}"), Step("after", after: "each"));
        story.Run.Document.Trigger = story.Run.Document.Trigger! with { Input = Json("""{ "none": [] }""") };

        story.GoOn().Said.ShouldBe(["execute after"]);
    }

    [Fact]
    public void Should_ask_people_before_the_executor_hears_of_a_gated_step()
    {
        var story = new Story(Step("publish", "publish")).GoOn();

        story.Said.ShouldBe(["ask publish"]);
        story.Phase.ShouldBe("AwaitingApproval");
        story.Granted("publish").Said.ShouldBe(["ask publish", "execute publish"]);
        story.Phase.ShouldBe("Executing");
    }

    [Fact]
    public void Should_ask_for_all_gated_items_at_once()
    {
        new Story(Step("publish", "publish", each: "{{ input.items }}")).GoOn()
            .Said.ShouldBe(["ask publish[0]", "ask publish[1]", "ask publish[2]", "ask publish[3]"]);
    }

    [Fact]
    public void Should_let_the_critic_judge_the_whole_before_the_end()
    {
        var story = new Story(Step("a"));
        story.Loop = story.Loop with { Verification = [new Check("schema", Json("{}"))] };

        story.GoOn().Done("a").Phase.ShouldBe("Critiquing");
        story.Run.Document.Conversations.Clear();
        story.Run.Document.Verified = true;
        story.GoOn().Phase.ShouldBe("Completed");
    }

    [Fact]
    public void Should_hold_what_depends_on_a_step_until_the_critic_has_judged_it()
    {
        var story = new Story(Step("a", verify: [new Check("schema", Json("{}"))]), Step("b", after: "a")).GoOn().Done("a");

        story.Said.ShouldBe(["execute a"]);
        story.Run.Document.Planned["a"] = Coordinator.Runs.PlannedStatus.Done;
        story.GoOn().Said.ShouldBe(["execute a", "execute b"]);
    }

    [Fact]
    public void Should_begin_nothing_while_paused()
    {
        var story = new Story(Step("a"), Step("b", after: "a")).GoOn();
        story.Run.Document.Paused = true;

        story.Done("a").Said.ShouldBe(["execute a"]);
        story.Phase.ShouldBe("Paused");
        story.Run.Document.Paused = false;
        story.GoOn().Said.ShouldBe(["execute a", "execute b"]);
    }

    [Fact]
    public void Should_stop_at_the_limit_of_iterations()
    {
        var story = new Story(Step("a"), Step("b", after: "a"));
        story.Run.MaxIterations = 1;

        story.GoOn().Done("a").Phase.ShouldBe("Failed");
        story.Run.Reason!.ShouldContain("the limit is 1");
    }
}
