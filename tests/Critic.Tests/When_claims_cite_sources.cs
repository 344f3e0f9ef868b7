using System.Text.Json;
using LoopBus.Contracts.Critique;
using LoopBus.Critic.Checks;
using LoopBus.Hosting.Files;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic.Tests;

public sealed class When_claims_cite_sources : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("loopbus-citations-").FullName;
    private readonly GroundedCritic critic;

    public When_claims_cite_sources()
    {
        File.WriteAllText(Path.Combine(folder, "policy.md"), "# Refunds\n\nGoods may be returned\nwithin 30 days of delivery.\n");
        critic = new GroundedCritic([new CitationsCheck(new Sources(new FilesRoot(Options.Create(new FilesOptions { Root = folder }))))]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Should_hold_where_each_quote_is_in_its_source_blanks_aside()
    {
        var evidence = await Judge(
            new { path = "claims[*]" },
            new { claim = "30 days.", source = "policy.md", quote = "Goods may be returned  within 30 days" },
            new { claim = "It was sent.", source = "order", quote = "sent on\nMonday" },
            new { claim = "It was sent.", source = "reads[1].body", quote = "the second page" });

        evidence.ShouldBe(new Evidence("citations", true, "3 quotes are in their sources, letter by letter."));
    }

    [Theory]
    [InlineData("policy.md", "within 90 days of delivery", "policy.md does not say within 90 days of delivery.")]
    [InlineData("policy.md", "Within 30 days of delivery", "policy.md does not say Within 30 days of delivery.")]
    [InlineData("policy.md", "30 days", "its quote 30 days is too short to show anything: 10 letters or more.")]
    [InlineData("terms.md", "within 30 days of delivery", "there is no source terms.md, neither a step nor a file.")]
    [InlineData("order", "within 30 days of delivery", "order does not say within 30 days of delivery.")]
    [InlineData("reads[7]", "within 30 days of delivery", "there is no source reads[7], neither a step nor a file.")]
    public async Task Should_not_hold_for_what_a_source_does_not_say(string source, string quote, string why)
    {
        var evidence = await Judge(new { path = "claims[*]" }, new { claim = "It may be returned.", source, quote });

        evidence.Holds.ShouldBeFalse();
        evidence.Text.ShouldContain(why.TrimEnd('.'));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    public async Task Should_not_look_outside_the_files(string source)
    {
        (await Judge(new { path = "claims[*]" }, new { claim = "x", source, quote = "root:x:0:0:root" })).Text.ShouldContain("no plain relative path");
    }

    [Fact]
    public async Task Should_count_only_the_sources_that_the_loop_names()
    {
        var evidence = await Judge(new { path = "claims[*]", sources = new[] { "policy.md" } }, new { claim = "x", source = "order", quote = "sent on Monday" });

        evidence.ShouldBe(new Evidence("citations", false, "claims[0]: order is none of the sources that count: policy.md."));
    }

    [Theory]
    [InlineData("You have 30 days.", true)]
    [InlineData("You have 90 days.", false)]
    [InlineData("You have 30 days, and 5 more.", false)]
    [InlineData("You may return it.", true)]
    public async Task Should_not_hold_for_a_number_that_the_quote_does_not_have(string claim, bool holds)
    {
        (await Judge(new { path = "claims[*]", numbers = true }, new { claim, source = "policy.md", quote = "within 30 days of delivery" })).Holds.ShouldBe(holds);
    }

    [Fact]
    public async Task Should_not_hold_for_a_result_that_claims_nothing_unless_it_may()
    {
        (await Judge(new { path = "claims[*]" })).Text.ShouldBe("claims[*] counts 0 claims, not 1 or more.");
        (await Judge(new { path = "claims[*]", least = 0 })).Holds.ShouldBeTrue();
        (await Judge(new { path = "claims[*]" }, new { claim = "x" })).Text.ShouldBe("claims[0]: it has no source and quote.");
    }

    private async Task<Evidence> Judge(object parameters, params object[] claims)
    {
        var steps = JsonElement.Parse("""{ "order": { "note": "It was sent on Monday." }, "reads": [ { "body": "one" }, { "body": "This is the second page." } ] }""");
        var asked = Asked.About(JsonSerializer.Serialize(new { claims }), ("citations", JsonSerializer.Serialize(parameters))) with { Steps = steps };

        return (await critic.Judge(asked, default)).Evidence.Single();
    }
}
