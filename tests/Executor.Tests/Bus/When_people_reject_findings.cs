using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;

namespace LoopBus.Executor.Tests.Bus;

[Collection(ExecutorSuite.Name)]
public sealed class When_people_reject_findings(ExecutorFixture executor)
{
    private const string Wait = "    var text = Load().Result;";
    private const string Secret = "var key = \"k7Rw2pVx9Q\";";

    private readonly string repository = $"/srv/{Guid.NewGuid():n}";

    [Fact]
    public async Task Should_keep_those_that_were_edited_out_each_once()
    {
        var rejection = Rejection("edited", Arguments(Wait, Secret), edited: Arguments(Secret));

        await executor.Say(rejection);
        await executor.Say(rejection);
        await executor.Say(Rejection("rejected", Arguments(Secret)));
        await Kept(2);

        (await Known()).ShouldBe(["var text = Load().Result;", Secret], ignoreOrder: true);
        (await executor.Database.Scalar($"select rejected_by from executor.false_positive where repository = '{repository}' and evidence = 'var text = Load().Result;'")).ShouldBe("ada");
    }

    [Fact]
    public async Task Should_hand_on_those_of_the_changed_files_only()
    {
        await executor.Say(Rejection("rejected", Arguments(Wait)));
        await Kept(1);

        (await Known("b.cs")).ShouldBeEmpty();
        (await Known("a.cs")).ShouldBe(["var text = Load().Result;"]);
    }

    [Fact]
    public async Task Should_take_no_silence_and_no_other_action_for_a_word()
    {
        await executor.Say(Rejection("expired", Arguments(Wait)));
        await executor.Say(Rejection("rejected", Arguments(Wait)) with { Content = Action(Arguments(Wait)) with { Tool = "http.request" } });
        await executor.Say(Rejection("rejected", Arguments(Wait)) with { Content = Action(Arguments(Wait)) with { Decisions = null } });
        await executor.Say(Rejection("edited", JsonElement.Parse("""{ "repository": 1, "review": [] }"""), edited: JsonElement.Parse("[]")));
        await executor.Say(Rejection("rejected", Arguments(Secret)));
        await Kept(1);

        (await Known()).ShouldBe([Secret]);
    }

    private Task Kept(int count) =>
        Eventually.True(async () => await executor.Database.Count($"executor.false_positive where repository = '{repository}'") == count, TimeSpan.FromSeconds(30), $"{count} are kept");

    private async Task<IReadOnlyList<string?>> Known(string file = "a.cs")
    {
        var answer = await executor.Ask(ExecutorFixture.StepWith("review.known_false_positives", new { repository, files = new[] { new { path = file } } }));

        return [.. answer.Output.GetProperty("known").EnumerateArray().Select(known => known.GetProperty("evidence").GetString())];
    }

    private JsonElement Arguments(params string[] lines) => JsonSerializer.SerializeToElement(new
    {
        repository,
        head = new string('0', 40),
        review = new { findings = lines.Select((line, i) => new { file = "a.cs", line = i + 1, rule = "a/b", evidence = line }) },
    });

    private static GatedAction Action(JsonElement arguments) => new(
        "task", "post", "code-review", "review.post_notes", arguments, "hash", Effect.Irreversible, BlastRadius.Low, 1, DateTimeOffset.UnixEpoch, "Posts.", null, [],
        [new Decision("ada", false, "These lines are fine.", DateTimeOffset.UnixEpoch.AddYears(60))]);

    private static RejectProposal<GatedAction> Rejection(string code, JsonElement arguments, JsonElement? edited = null) =>
        new(Action(arguments) with { Edited = edited }, new Reason(code, "said"));
}
