using LoopBus.Testing.Web;
using Microsoft.Playwright;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>A real browser, started when the first person needs it; each has cookies of their own.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task<IBrowserContext> Open(Uri address)
    {
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = InstalledChromium.Path, Args = InstalledChromium.Switches });
        return await browser.NewContextAsync(new() { BaseURL = address.ToString() });
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }
}
