using LoopBus.Acceptance.Tests.Stage;

namespace LoopBus.Acceptance.Tests.Approval;

[Collection(OneSystem.Name)]
public sealed class When_a_person_rejects(LoopBusSystem system)
{
    [Fact]
    public async Task Should_post_nothing_and_tell_the_reason()
    {
        var shop = await Shop.Make(system, "rejected");
        await using var answers = await Answers.Open(system);
        await system.Publish(Some.Review("review-rejected", shop.Path), new() { ReplyTo = answers.Queue });

        await using var desk = await Desk.SignIn(system);
        await desk.Open("review-rejected");
        await desk.Reject("The second finding is wrong.");

        var answer = await answers.With("failure", TimeSpan.FromSeconds(60));
        answer.Json.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("The second finding is wrong.");
        (await shop.Note()).ShouldBeNull();
        var run = (await system.Run("review-rejected")).ShouldNotBeNull();
        run.GetProperty("status").GetString().ShouldBeOneOf("compensated", "failed");
        run.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("The second finding is wrong.");
    }

    [Fact]
    public async Task Should_not_ask_for_less_than_a_reason()
    {
        var shop = await Shop.Make(system, "no-reason");
        await system.Publish(Some.Review("review-no-reason", shop.Path));

        await using var desk = await Desk.SignIn(system);
        await desk.Open("review-no-reason");
        await desk.Page.Locator("button[name=decision][value=reject]").ClickAsync();

        (await system.Run("review-no-reason")).ShouldNotBeNull().GetProperty("status").GetString().ShouldBe("awaiting-approval");
        await desk.Open("review-no-reason");
        await desk.Reject("Not now.");
        await system.UntilEnded("review-no-reason");
    }
}
