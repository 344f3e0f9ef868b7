using Microsoft.Playwright;

namespace LoopBus.Acceptance.Tests.Stage;

/// <summary>A real browser, started when the first person needs it; each has cookies of their own.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Switches =
        ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task<IBrowserContext> Open(Uri address)
    {
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Switches });
        return await browser.NewContextAsync(new() { BaseURL = address.ToString() });
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }

    private static string Find() =>
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium in /usr/bin: infra/test.sh installs it.");
}
