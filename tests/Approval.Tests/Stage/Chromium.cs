using LoopBus.Testing.Web;
using Microsoft.Playwright;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>A real browser; each window has cookies of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = InstalledChromium.Path, Args = InstalledChromium.Switches });
    }

    public async Task DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }

    internal async Task<BrowserWindow> Open(Uri address, bool javaScript, int width)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = address.ToString(), JavaScriptEnabled = javaScript, ViewportSize = new() { Width = width, Height = 900 },
        });
        return new BrowserWindow(context, await context.NewPageAsync());
    }
}
