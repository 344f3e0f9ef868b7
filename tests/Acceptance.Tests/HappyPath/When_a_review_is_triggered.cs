using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.HappyPath;

[Collection(OneSystem.Name)]
public sealed class When_a_review_is_triggered(LoopBusSystem system)
{
    [Fact]
    public async Task Should_post_what_it_found_once_a_person_has_approved_it()
    {
        var shop = await Shop.Make(system, "approved");
        await using var answers = await Answers.Open(system);
        await using var outcomes = await Answers.Open(system, exchange: "outcome");
        await system.Publish(Some.Review("review-approved", shop.Path), new() { ReplyTo = answers.Queue, CorrelationId = "mine" });
        await answers.With("agree");

        await system.Until("review-approved", "awaiting-approval");
        (await shop.Note()).ShouldBeNull("nothing is posted before a person has decided");

        await using var desk = await Desk.SignIn(system, "ada");
        await desk.Open("review-approved");
        (await desk.Page.ContentAsync()).ShouldContain("review.post_notes");
        await desk.Accept("Read it: it is right.");

        var run = await system.Until("review-approved", "completed");
        var note = (await shop.Note()).ShouldNotBeNull("the approved review is on the commit");
        foreach (var file in await shop.ChangedFiles())
            note.ShouldContain(file);
        run.GetProperty("steps").EnumerateArray()
            .Single(step => step.GetProperty("tool").GetString() == "review.post_notes")
            .GetProperty("approvers").EnumerateArray().Select(by => by.GetString()).ShouldBe(["ada"]);
        (await answers.With("inform")).CorrelationId.ShouldBe("mine");
        outcomes.All.ShouldContain(outcome => outcome.RoutingKey == "code-review.completed");
    }
}
