using LoopBus.Approval.Tests.Stage;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using Microsoft.Playwright;

namespace LoopBus.Approval.Tests.Deciding;

/// <summary>In a real browser, with JavaScript off and on, on a desk and on a phone.</summary>
[Collection(OneSite.Name)]
public sealed class When_a_browser_shows_the_form(ApprovalSite site, Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task Should_take_a_person_from_the_inbox_to_the_decision(bool javaScript, int width)
    {
        var action = Asker.Action($"browser-{width}");
        var id = await site.Asker.Propose(site, action);
        await using var browser = await chromium.Open(site.Address, javaScript, width);
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
        await using var browser = await chromium.Open(site.Address, javaScript: false, 1280);
        await browser.SignIn(await site.Operator());
        await browser.Page.GotoAsync($"/approvals/{id}");

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        (await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).IsVisibleAsync()).ShouldBeTrue();
        await browser.Page.GetByLabel("Comment").FillAsync("not on a Friday");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();

        (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Reason.Text.ShouldContain("not on a Friday");
    }

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task Should_let_a_person_help_a_stuck_run_on(bool javaScript, int width)
    {
        var id = await site.Ask(Stuck.Run($"browser-stuck-{width}"));
        await using var browser = await chromium.Open(site.Address, javaScript, width);
        var page = browser.Page;
        await browser.SignIn(await site.Operator());

        await page.GotoAsync($"/approvals?q=browser-stuck-{width}");
        await page.Locator("a.row", new() { HasText = "iteration 7" }).ClickAsync();
        (await page.GetByRole(AriaRole.Img, new() { Name = "Confidence from 0 to 1" }).Locator("rect").CountAsync()).ShouldBe(7);
        await page.GetByText("The run's state, as JSON").ClickAsync();
        (await page.GetByText("8120").IsVisibleAsync()).ShouldBeTrue();
        await page.GetByLabel("A fact").FillAsync("The desk unlocks orders.");
        await page.GetByLabel("Another subgoal").FillAsync("Ask the desk");
        await page.GetByLabel("sure-enough").CheckAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();

        await page.GetByText("Your decision counts.").WaitForAsync();
        (await page.Locator(".given").InnerTextAsync()).ShouldContain("The desk unlocks orders.");
        var given = (await site.Asker.Answer<AcceptProposal<Escalation>>(id)).Act.Content.Intervention.ShouldNotBeNull();
        given.Subgoal.ShouldBe("Ask the desk");
        given.Relax.ShouldBe(["sure-enough"]);
        browser.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task Should_let_a_person_edit_an_action(bool javaScript, int width)
    {
        var action = Edits.Action($"browser-edit-{width}");
        var id = await site.Asker.Propose(site, action);
        await using var browser = await chromium.Open(site.Address, javaScript, width);
        var page = browser.Page;
        await browser.SignIn(await site.Operator());
        await page.GotoAsync($"/approvals/{id}");

        await page.GetByText("Edit the arguments").ClickAsync();
        var field = page.GetByLabel("Arguments, as JSON");
        var json = await field.InputValueAsync();
        await field.FillAsync(json.Replace("20", "twelve", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose anew" }).ClickAsync();
        (await page.Locator("#arguments-problem").InnerTextAsync()).ShouldContain("line 5");
        (await field.InputValueAsync()).ShouldContain("twelve");
        await field.FillAsync(json.Replace("20", "12", StringComparison.Ordinal));
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose anew" }).ClickAsync();

        await page.GetByText("proposes them anew").WaitForAsync();
        (await page.Locator("ins").InnerTextAsync()).ShouldContain("12");
        (await page.Locator(".verdict").InnerTextAsync()).ShouldContain("edited by", Case.Insensitive);
        (await site.Asker.Answer<RejectProposal<GatedAction>>(id)).Act.Content.Edited!.Value.GetProperty("body").GetProperty("amount").GetInt32().ShouldBe(12);
        // The page that says what is wrong is no error of the page's.
        browser.Complaints.ShouldAllBe(complaint => complaint.Contains("400 (Bad Request)", StringComparison.Ordinal));
    }
}
