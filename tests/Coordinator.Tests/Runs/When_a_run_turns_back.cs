using LoopBus.Contracts.Acts;
using LoopBus.Coordinator.Runs;
using LoopBus.Loops;
using static LoopBus.Coordinator.Tests.Runs.Story;

namespace LoopBus.Coordinator.Tests.Runs;

public sealed class When_a_run_turns_back
{
    [Fact]
    public void Should_undo_the_newest_effect_first_one_at_a_time()
    {
        var story = new Story(Step("a", "write", undo: true), Step("b", "write", undo: true), Step("c", after: "a b")).GoOn().Done("b").Done("a").Failed("c");

        story.Said[^1].ShouldBe("undo a");
        story.Phase.ShouldBe("Compensating");
        story.Compensated("a").Said[^1].ShouldBe("undo b");
        story.Compensated("b").Phase.ShouldBe("Compensated");
    }

    [Fact]
    public void Should_wait_for_an_effect_that_may_still_happen()
    {
        var story = new Story(Step("a", "write", undo: true), Step("b")).GoOn().Failed("b");

        story.Said.ShouldBe(["execute a", "execute b", "drop b"]);
        story.Done("a").Said[^1].ShouldBe("undo a");
    }

    [Fact]
    public void Should_ask_again_for_an_effect_of_which_nothing_is_known()
    {
        var story = new Story(Step("a", "write", undo: true)).GoOn();
        var step = story.Run.Document.Find("a")!;
        (step.Status, step.Problem) = (StepStatus.Ready, new Reason(ReasonCodes.NoAnswer, "silence"));

        story.TurnBack(TerminationReason.Cancelled).Said.ShouldBe(["execute a", "execute a"]);
        story.Done("a").Said[^1].ShouldBe("undo a");
    }

    [Fact]
    public void Should_drop_what_is_to_be_asked_for_again_and_can_have_done_nothing()
    {
        var story = new Story(Step("a", "read")).GoOn();
        var step = story.Run.Document.Find("a")!;
        (step.Status, step.Problem) = (StepStatus.Ready, new Reason(ReasonCodes.NoAnswer, "silence"));

        story.TurnBack(TerminationReason.Cancelled).Said.ShouldBe(["execute a", "drop a"]);
    }

    [Fact]
    public void Should_take_open_questions_to_people_back()
    {
        new Story(Step("publish", "publish"), Step("b")).GoOn().Failed("b").Said.ShouldContain("drop publish");
    }

    [Theory]
    [InlineData(TerminationReason.Cancelled, "Cancelled")]
    [InlineData(TerminationReason.Rejected, "Compensated")]
    [InlineData(TerminationReason.ApprovalExpired, "Compensated")]
    [InlineData(TerminationReason.VerificationFailed, "Failed")]
    [InlineData(TerminationReason.WallClockExceeded, "Failed")]
    public void Should_end_by_its_reason_where_nothing_was_done(TerminationReason reason, string state)
    {
        new Story(Step("publish", "publish")).GoOn().TurnBack(reason).Phase.ShouldBe(state);
    }

    [Fact]
    public void Should_end_failed_and_say_so_where_an_undo_was_given_up()
    {
        var story = new Story(Step("a", "write", undo: true), Step("b", after: "a")).GoOn().Done("a").Failed("b");
        story.Run.Document.Find("a")!.Status = StepStatus.NotCompensated;

        story.GoOn().Phase.ShouldBe("Failed");
        story.Run.Reason!.ShouldContain("Not undone: a.");
    }

    [Fact]
    public void Should_end_when_the_errors_reach_their_limit()
    {
        var story = new Story(Step("a")).GoOn();
        story.Run.Errors = 3;
        story.Run.Document.Find("a")!.Status = StepStatus.Failed;

        story.GoOn().Phase.ShouldBe("Failed");
        story.Run.Reason!.ShouldContain("3 attempts failed");
    }
}
