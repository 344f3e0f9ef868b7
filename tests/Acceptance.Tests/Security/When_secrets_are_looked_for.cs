using System.Net.Http.Json;
using LoopBus.Acceptance.Tests.Stage;
using LoopBus.Testing;

namespace LoopBus.Acceptance.Tests.Security;

[Collection(OneSystem.Name)]
public sealed class When_secrets_are_looked_for(LoopBusSystem system)
{
    private const string Marked = "marked-secret-7f3a";

    [Fact]
    public async Task Should_be_in_no_log_and_on_no_error_page()
    {
        await using (await Desk.SignIn(system))
            await system.Publish("""{ "taskId": 7 }""");
        await system.Publish(Some.KeepFile("no-secrets"));
        await system.Until("no-secrets", "completed");
        var pages = await ErrorPages();
        await Fail("LoopBus:Broker:Password", Marked, "ACCESS_REFUSED");
        await Fail("LoopBus:Database:ConnectionString", $"Host=127.0.0.1;Port=1;Database=loopbus;Username=loopbus;Password={Marked}", "Failed to connect");
        await Fail("LoopBus:Grants:PublicKey", $"-----BEGIN PUBLIC KEY-----{Marked}", "LoopBus:Grants:PublicKey", service: "Executor");

        var secrets = system.Secrets.Append(Marked).ToList();
        secrets.Count.ShouldBeGreaterThan(8);
        foreach (var (where, text) in Logs().Concat(pages))
            foreach (var secret in secrets)
                text.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{where} holds a secret that begins with {secret[..4]}");
    }

    private IEnumerable<(string Where, string Text)> Logs() => Directory.EnumerateFiles(system.Logs, "*.log").Select(file =>
    {
        using var log = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return (file, log.ReadToEnd());
    });

    // One more copy that is told something wrong, until its log says so.
    private async Task Fail(string setting, string value, string says, string service = "Planner")
    {
        var copy = system.Add(service, (setting, value));
        copy.Start();
        await Eventually.True(() => copy.Logged(says) > 0, TimeSpan.FromSeconds(60), $"a {service} with a wrong {setting} says {says}");
        system.Remove(copy);
    }

    private async Task<List<(string Where, string Text)>> ErrorPages()
    {
        using var stranger = new HttpClient();
        var pages = new List<(string, string)>();
        foreach (var page in new[] { new Uri(system.Api.BaseAddress!, "runs"), new Uri(system.Web, "approvals/none"), new Uri(system.Web, "no-such-page"), new Uri(system.Web, "health/ready") })
            pages.Add(($"{page}", await (await stranger.GetAsync(page)).Content.ReadAsStringAsync()));
        using var bad = await system.Api.PostAsJsonAsync("runs", new { taskId = 7 });
        pages.Add(("POST runs", await bad.Content.ReadAsStringAsync()));
        return pages;
    }
}
