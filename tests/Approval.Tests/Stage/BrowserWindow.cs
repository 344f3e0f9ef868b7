using Microsoft.Playwright;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>One page; what its console complains of, a breach of the page's own policy too, is kept.</summary>
internal sealed class BrowserWindow : IAsyncDisposable
{
    private readonly IBrowserContext context;

    public BrowserWindow(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public async Task SignIn(Person person)
    {
        await Page.GotoAsync("/approvals");
        await Page.GetByLabel("Name").FillAsync(person.Name);
        await Page.GetByLabel("Password").FillAsync(person.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
