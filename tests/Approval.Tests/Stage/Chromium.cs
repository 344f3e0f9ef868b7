using LoopBus.Testing.Web;
using Microsoft.Playwright;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>A real browser with one page; what its console complains of, a breach of the page's own policy too, is kept.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page) => (this.playwright, this.browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public static async Task<Chromium> Start(Uri address, bool javaScript, int width)
    {
        var driver = await Playwright.CreateAsync();
        var launched = await driver.Chromium.LaunchAsync(new() { ExecutablePath = InstalledChromium.Path, Args = InstalledChromium.Switches });
        var context = await launched.NewContextAsync(new()
        {
            BaseURL = address.ToString(), JavaScriptEnabled = javaScript, ViewportSize = new() { Width = width, Height = 900 },
        });
        var started = new Chromium(driver, launched, await context.NewPageAsync());
        started.Page.Console += (_, message) =>
        {
            if (message.Type == "error")
                started.Complaints.Add(message.Text);
        };
        return started;
    }

    public async Task SignIn(Person person)
    {
        await Page.GotoAsync("/approvals");
        await Page.GetByLabel("Name").FillAsync(person.Name);
        await Page.GetByLabel("Password").FillAsync(person.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
