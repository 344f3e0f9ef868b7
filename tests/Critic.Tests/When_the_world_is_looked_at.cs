using System.Text.Json;
using LoopBus.Contracts.Critique;
using LoopBus.Critic.Checks;
using LoopBus.Hosting.Files;
using LoopBus.Hosting.Web;
using LoopBus.ModelServer;
using LoopBus.ModelServer.Scripts;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic.Tests;

public sealed class When_the_world_is_looked_at : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("loopbus-world-").FullName;
    private ModelHost server = null!;

    public async Task InitializeAsync()
    {
        server = await ModelHost.Start(Script.Of());
        await File.WriteAllTextAsync(Path.Combine(folder, "a.txt"), "hello");
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("""{ "path": "a.txt" }""", true, "a.txt is there, sha256 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824.")]
    [InlineData("""{ "path": "a.txt", "contains": ["hell", "lo"] }""", true, "a.txt is there")]
    [InlineData("""{ "path": "a.txt", "sha256": "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824" }""", true, "a.txt is there")]
    [InlineData("""{ "path": "a.txt", "contains": "goodbye" }""", false, "a.txt does not contain goodbye.")]
    [InlineData("""{ "path": "a.txt", "sha256": "00" }""", false, "a.txt has the sha256 2cf24dba")]
    [InlineData("""{ "path": "a.txt", "exists": false }""", false, "There is a file a.txt.")]
    [InlineData("""{ "path": "b.txt", "exists": false }""", true, "There is no file b.txt.")]
    [InlineData("""{ "path": "b.txt" }""", false, "There is no file b.txt.")]
    [InlineData("""{ "path": "../a.txt" }""", false, "'../a.txt' is no plain relative path")]
    public async Task Should_see_a_file_as_it_is(string parameters, bool holds, string text)
    {
        var evidence = await Judge("file", parameters);

        evidence.Holds.ShouldBe(holds);
        evidence.Text.ShouldStartWith(text);
    }

    [Fact]
    public async Task Should_see_what_a_page_answers()
    {
        var url = new Uri(server.Address, "count?contains=nothing");

        (await Web(url, new { url })).Text.ShouldBe($"{url} answered 200.");
        (await Web(url, new { url, contains = "0" })).Holds.ShouldBeTrue();
        (await Web(url, new { url, contains = "forty-two" })).Text.ShouldBe($"what {url} answered does not contain forty-two.");
        (await Web(url, new { url, status = 404 })).Text.ShouldBe($"{url} answered 200, not 404.");
    }

    [Fact]
    public async Task Should_look_at_no_host_that_is_not_allowed()
    {
        var evidence = await Judge("http", JsonSerializer.Serialize(new { url = server.Address }));

        evidence.Holds.ShouldBeFalse();
        evidence.Text.ShouldContain("is not in LoopBus:Http:AllowedHosts");
    }

    [Fact]
    public async Task Should_know_nothing_where_nobody_answers()
    {
        (await Should.ThrowAsync<CritiqueException>(() => Web(new Uri("http://127.0.0.1:1/"), new { url = "http://127.0.0.1:1/" }))).Code.ShouldBe("http-unreachable");
    }

    private Task<Evidence> Web(Uri url, object parameters) => Judge("http", JsonSerializer.Serialize(parameters), url.Authority);

    private async Task<Evidence> Judge(string kind, string parameters, params string[] hosts)
    {
        using var web = new GuardedWeb(Options.Create(new WebOptions { AllowedHosts = hosts, AllowPrivate = true }));
        var critic = new GroundedCritic([new FileCheck(new FilesRoot(Options.Create(new FilesOptions { Root = folder }))), new HttpCheck(web, Options.Create(new CriticOptions()), TimeProvider.System)]);

        return (await critic.Judge(Asked.About("{}", (kind, parameters)), default)).Evidence.Single();
    }
}
