using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Planning;
using LoopBus.Coordinator.Runs;
using LoopBus.Loops;
using static LoopBus.Coordinator.Tests.Runs.Story;

namespace LoopBus.Coordinator.Tests.Runs;

public sealed class When_steps_are_fused
{
    private static readonly Check[] Checked = [new Check("schema", Json("{}"))];

    public static TheoryData<string, string, PlannedStep[]> Plans => new()
    {
        { "a chain", "a+b+c", [Step("a"), Step("b", "write", "a"), Step("c", after: "b")] },
        { "each waits for all before it", "a+b+c", [Step("a"), Step("b", after: "a"), Step("c", after: "a b")] },
        { "a step alone", "a", [Step("a")] },
        { "side by side", "a, b", [Step("a"), Step("b")] },
        { "two chains side by side", "a+c, b+d", [Step("a"), Step("b"), Step("c", after: "a"), Step("d", after: "b")] },
        { "what follows runs side by side", "a", [Step("a"), Step("b", after: "a"), Step("c", after: "a")] },
        { "a join", "a, b", [Step("a"), Step("b"), Step("c", after: "a b")] },
        { "another would be kept waiting", "a, x", [Step("a"), Step("x"), Step("b", after: "a"), Step("y", after: "a x")] },
        { "another waits for the follower anyway", "a+b+c+d", [Step("a"), Step("b", after: "a"), Step("c", after: "b"), Step("d", after: "a c")] },
        { "a gated tool", "a+b", [Step("a"), Step("b", after: "a"), Step("c", "publish", "b"), Step("d", after: "c")] },
        { "a gate of the loop", "a", [Step("a"), Step("b", after: "a", gate: true)] },
        { "a tool that nobody knows", "a", [Step("a"), Step("b", "no.such", "a")] },
        { "a call that does no harm", "a+b", [Step("a"), Step("b", "call", "a", with: """{ "method": "GET" }""")] },
        { "a call of which a template decides", "a", [Step("a"), Step("b", "call", "a", with: """{ "method": "{{ input.method }}" }""")] },
        { "a for_each after it", "a+b", [Step("a"), Step("b", after: "a"), Step("c", after: "b", each: "{{ input.items }}")] },
        { "a for_each first", "a[0]", [Step("a", each: "{{ input.items }}"), Step("b", after: "a")] },
        { "a verified step is the last", "a+b", [Step("a"), Step("b", after: "a", verify: Checked), Step("c", after: "b")] },
        { "a verified step first", "a", [Step("a", verify: Checked), Step("b", after: "a")] },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Should_hand_over_what_needs_nobody_and_keeps_nothing_waiting(string what, string together, PlannedStep[] plan)
    {
        new Story(plan) { SegmentSteps = 50 }.GoOn().Said.ShouldBe(together.Split(", ").Select(steps => $"execute {steps}"), what);
    }

    [Fact]
    public void Should_go_on_with_the_rest_when_people_have_decided()
    {
        var story = new Story(Step("a"), Step("b", "publish", "a"), Step("c", after: "b"), Step("d", after: "c")) { SegmentSteps = 50 }.GoOn().Done("a");

        story.Granted("b").Done("b").Said.ShouldBe(["execute a", "ask b", "execute b", "execute c+d"]);
        story.Reported("c", "d").Phase.ShouldBe("Completed");
    }

    [Fact]
    public void Should_hand_over_at_most_so_many()
    {
        var story = new Story(Chain(7)) { SegmentSteps = 3 }.GoOn();

        story.Reported("s0", "s1", "s2").Reported("s3", "s4", "s5").Done("s6").Said.ShouldBe(["execute s0+s1+s2", "execute s3+s4+s5", "execute s6"]);
    }

    [Fact]
    public void Should_hand_over_no_more_than_the_iterations_that_are_left()
    {
        var story = new Story(Chain(5)) { SegmentSteps = 50 };
        story.Run.MaxIterations = 3;

        story.GoOn().Said.ShouldBe(["execute s0+s1+s2"]);
        story.Reported("s0", "s1", "s2").Phase.ShouldBe("Failed");
        (story.Run.Iteration, story.Run.Reason!.Contains("the limit is 3", StringComparison.Ordinal)).ShouldBe((3, true));
    }

    [Fact]
    public void Should_count_what_is_handed_over_elsewhere_against_the_iterations()
    {
        var story = new Story(Step("a"), Step("b", after: "a"), Step("x"), Step("y", after: "x")) { SegmentSteps = 50 };
        story.Run.MaxIterations = 3;

        story.GoOn().Said.ShouldBe(["execute a+b", "execute x"]);
    }

    [Fact]
    public void Should_count_once_what_was_asked_twice()
    {
        var story = new Story(Chain(3)) { SegmentSteps = 50 };
        story.Run.MaxIterations = 3;
        story.GoOn();
        var first = story.Run.Document.Conversations.Single();
        story.Run.Document.Conversations.Add(new Conversation { Id = Guid.NewGuid(), Protocol = "", Topic = Topic.Segment, Subject = first.Subject, Said = [], Steps = first.Steps });

        story.Reported("s0").Said.ShouldBe(["execute s0+s1+s2", "execute s1+s2"]);
    }

    [Fact]
    public void Should_hand_over_again_what_was_left()
    {
        var story = new Story(Chain(4)) { SegmentSteps = 50 }.GoOn().Reported("s0", "s1");

        story.Said.ShouldBe(["execute s0+s1+s2+s3", "execute s2+s3"]);
        story.Run.Iteration.ShouldBe(3);
    }

    [Fact]
    public void Should_ask_alone_for_what_was_asked_before()
    {
        var story = new Story(Chain(3)) { SegmentSteps = 50 }.GoOn().Reported();
        story.Run.Document.Find("s0")!.Status = StepStatus.Ready;

        story.GoOn().Said.ShouldBe(["execute s0+s1+s2", "execute s0"]);
        story.Done("s0").Said[^1].ShouldBe("execute s1+s2");
    }

    [Fact]
    public void Should_undo_nothing_before_the_report_of_a_segment()
    {
        var story = new Story(Step("a", "write", undo: true), Step("b", "write", "a", undo: true), Step("c", after: "b")) { SegmentSteps = 50 }.GoOn();

        story.TurnBack(TerminationReason.Cancelled).Said.ShouldBe(["execute a+b+c"]);
        story.Reported("a", "b").Said[^1].ShouldBe("undo b");
        story.Compensated("b").Compensated("a").Phase.ShouldBe("Cancelled");
    }

    [Fact]
    public void Should_give_a_segment_up_only_when_it_was_cancelled_and_its_time_is_over()
    {
        var story = new Story(Step("a", "write", undo: true), Step("b", "write", "a")) { SegmentSteps = 50 }.GoOn();
        var segment = story.Run.Document.Conversations.Single();
        story.TurnBack(TerminationReason.Cancelled).Done("a").Said.ShouldBe(["execute a+b"]);
        segment.Overdue = true;
        story.GoOn().Said.ShouldBe(["execute a+b"]);

        segment.Said.Add(Performative.Cancel);

        story.GoOn().Said.ShouldBe(["execute a+b", "give up a+b", "undo a"]);
    }

    private static PlannedStep[] Chain(int length) => [.. Enumerable.Range(0, length).Select(i => Step($"s{i}", after: i == 0 ? null : $"s{i - 1}"))];
}
