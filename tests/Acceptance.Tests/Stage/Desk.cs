using LoopBus.Testing;
using Microsoft.Playwright;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>A person with a browser, signed in to the web pages.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private Desk(IPage page) => Page = page;

    public IPage Page { get; }

    public static async Task<Desk> SignIn(LoopBusSystem system)
    {
        var password = await system.Approver();
        var context = await system.Chromium.Open(system.Web);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync("/approvals");
        await page.GetByLabel("Name").FillAsync(LoopBusSystem.ApproverName);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        // The event that a page is loaded may be missed where the machine is busy; what stands on it may not.
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        return new Desk(page);
    }

    /// <summary>Opens the form of a run's question from the inbox, once it is there.</summary>
    public async Task Open(string taskId)
    {
        var row = Page.Locator("a.row", new() { HasText = taskId });
        await Eventually.True(
            async () =>
            {
                await Page.GotoAsync($"/approvals?q={Uri.EscapeDataString(taskId)}");
                return await row.CountAsync() > 0;
            },
            TimeSpan.FromSeconds(60),
            $"the question of run {taskId} is in the inbox");
        await Page.GotoAsync((await row.First.GetAttributeAsync("href"))!);
    }

    public Task Accept(string comment) => Decide("accept", comment);

    public Task Reject(string comment) => Decide("reject", comment);

    public ValueTask DisposeAsync() => Page.Context.DisposeAsync();

    private async Task Decide(string decision, string comment)
    {
        await Page.Locator("textarea[name=comment]").FillAsync(comment);
        await Page.RunAndWaitForResponseAsync(
            () => Page.Locator($"button[name=decision][value={decision}]").ClickAsync(), answer => answer.Request.Method == "POST");
    }
}
