using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using Microsoft.Playwright;

namespace LoopBus.Approval.Tests.Deciding;

/// <summary>In a real browser, with JavaScript off and on, on a desk and on a phone.</summary>
[Collection(OneSite.Name)]
public sealed class When_a_browser_shows_the_form(ApprovalSite site)
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task Should_take_a_person_from_the_inbox_to_the_decision(bool javaScript, int width)
    {
        var action = Asker.Action($"browser-{width}");
        var id = await site.Asker.Propose(site, action);
        await using var browser = await Chromium.Start(site.Address, javaScript, width);
        var page = browser.Page;

        await browser.SignIn(await site.Operator());
        await page.GotoAsync($"/approvals?q={action.TaskId}");
        await page.Locator("a.row", new() { HasText = action.TaskId }).ClickAsync();
        (await page.ContentAsync()).ShouldContain(action.ActionHash);
        await page.GetByLabel("Comment").FillAsync("looks right");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept", Exact = true }).ClickAsync();

        await page.GetByText("Your decision counts.").WaitForAsync();
        (await page.Locator(".verdict").InnerTextAsync()).ShouldContain("accepted");
        await site.Asker.Answer<AcceptProposal<GatedAction>>(id);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_let_a_rejection_go_without_a_comment()
    {
        var action = Asker.Action("browser-reject");
        var id = await site.Asker.Propose(site, action);
        await using var browser = await Chromium.Start(site.Address, javaScript: false, 1280);
        await browser.SignIn(await site.Operator());
        await browser.Page.GotoAsync($"/approvals/{id}");

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        (await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).IsVisibleAsync()).ShouldBeTrue();
        await browser.Page.GetByLabel("Comment").FillAsync("not on a Friday");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();

        (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Reason.Text.ShouldContain("not on a Friday");
    }
}
