using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Approval;

[Collection(OneSystem.Name)]
public sealed class When_a_run_is_cancelled_at_the_gate(LoopBusSystem system)
{
    [Fact]
    public async Task Should_take_the_question_away_and_post_nothing()
    {
        var shop = await Shop.Make(system, "cancelled");
        await system.Publish(Some.Review("review-cancelled", shop.Path));
        await system.Until("review-cancelled", "awaiting-approval");

        using var answer = await system.Api.PostAsync(new Uri("runs/review-cancelled/cancel", UriKind.Relative), content: null);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        await system.Until("review-cancelled", "cancelled");
        (await shop.Note()).ShouldBeNull();
        await using var desk = await Desk.SignIn(system);
        await Eventually.True(
            async () =>
            {
                await desk.Page.GotoAsync("/approvals?q=review-cancelled");
                return await desk.Page.Locator("a.row").CountAsync() == 0;
            },
            TimeSpan.FromSeconds(20),
            "the question is taken out of the inbox");
    }
}
