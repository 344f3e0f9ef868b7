using System.ClientModel;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;

namespace LoopBus.ModelServer.Tests;

public sealed class When_a_script_is_played
{
    [Fact]
    public async Task Should_take_the_first_rule_that_matches()
    {
        await using var host = await ModelHost.Start(Script.Of(
            new Rule { Name = "critic", When = new When { Model = "claude-scripted" }, Then = ["as critic"] },
            Rule.On("plan", "a plan"),
            Rule.Always("anything")));

        (await host.OpenAi().Ask("Please plan it")).ShouldBe("a plan");
        (await host.OpenAi().Ask("Please judge it")).ShouldBe("anything");
        (await host.Claude().Ask("Please plan it")).ShouldBe("as critic");

        host.Journal.Calls.Select(call => call.Rule).ShouldBe(["rule 2", "rule 3", "critic"]);
    }

    [Fact]
    public async Task Should_give_the_replies_in_order_and_repeat_the_last()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("one", "two", "three")));
        var client = host.OpenAi();
        List<string> said = [];

        for (var time = 0; time < 5; time++)
            said.Add(await client.Ask("Next"));

        said.ShouldBe(["one", "two", "three", "three", "three"]);
    }

    [Fact]
    public async Task Should_leave_a_rule_that_is_used_up()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always("one", "two") with { Once = true }, Rule.Always("other")));
        var client = host.OpenAi();
        List<string> said = [];

        for (var time = 0; time < 4; time++)
            said.Add(await client.Ask("Next"));

        said.ShouldBe(["one", "two", "other", "other"]);
    }

    [Fact]
    public async Task Should_count_the_calls_of_a_rule()
    {
        await using var host = await ModelHost.Start(Script.Of(
            new Rule { When = new When { Contains = ["step"], Call = 3 }, Then = ["the third"] },
            Rule.Always("another")));
        var client = host.OpenAi();
        List<string> said = [];

        foreach (var text in (string[])["step", "no", "step", "no", "step", "step"])
            said.Add(await client.Ask(text));

        said.ShouldBe(["another", "another", "another", "another", "the third", "another"]);
    }

    [Fact]
    public async Task Should_tell_the_last_message_from_the_others()
    {
        await using var host = await ModelHost.Start(Script.Of(
            new Rule { When = new When { Contains = ["red"], Last = ["blue"] }, Then = ["red, then blue"] },
            Rule.Always("other")));
        var client = host.OpenAi();

        var first = await client.CompleteChatAsync(new OpenAI.Chat.UserChatMessage("red"), new OpenAI.Chat.UserChatMessage("blue"));
        var second = await client.CompleteChatAsync(new OpenAI.Chat.UserChatMessage("blue"), new OpenAI.Chat.UserChatMessage("red"));

        first.Value.Content[0].Text.ShouldBe("red, then blue");
        second.Value.Content[0].Text.ShouldBe("other");
    }

    [Fact]
    public async Task Should_tell_runs_by_a_header()
    {
        await using var host = await ModelHost.Start(Script.Of(
            new Rule { When = new When { Headers = new Dictionary<string, string> { ["loopbus-run"] = "7" } }, Then = ["of run 7"] },
            new Rule { When = new When { Headers = new Dictionary<string, string> { ["loopbus-run"] = "*" } }, Then = ["of some run"] },
            Rule.Always("of none")));
        List<string> said = [];

        foreach (var run in (string?[])["7", "8", null])
            said.Add(await host.Claude(handlers: new RunHeader(run)).Ask("Hello"));

        said.ShouldBe(["of run 7", "of some run", "of none"]);
        host.Journal.Calls[0].Headers["loopbus-run"].ShouldBe("7");
    }

    [Fact]
    public async Task Should_copy_a_group_of_the_prompt()
    {
        var rule = new Rule
        {
            When = new When { Matches = @"step (?<step>\w+) of run (\d+)" },
            Then =
            [
                "about ${step}: $${step}",
                Reply.OfJson(new { id = "${step}", run = "r-${1}", nested = new[] { "${step}" } }),
                Reply.Calling("finish", new { step = "${step}" }),
            ],
        };
        await using var host = await ModelHost.Start(Script.Of(rule));
        var client = host.OpenAi();

        (await client.Ask("step build of run 42")).ShouldBe("about build: ${step}");
        (await client.Ask("step \"x\" of run 1; step test of run 43")).ShouldBe("""{"id":"test","run":"r-43","nested":["test"]}""");
        var call = (await client.CompleteChatAsync("step ship of run 44")).Value.ToolCalls.Single();

        call.FunctionArguments.ToString().ShouldBe("""{"step":"ship"}""");
        (await Should.ThrowAsync<ClientResultException>(() => client.Ask("no such thing"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Should_echo_the_last_message()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(new Reply { Echo = true })));

        (await host.OpenAi().Ask("Say this")).ShouldBe("Say this");
        (await host.Claude().Ask("And this")).ShouldBe("And this");
    }

    [Fact]
    public async Task Should_play_another_script_and_more_rules()
    {
        await using var host = await ModelHost.Start("""{ "rules": [ { "then": [ { "text": "first" } ] } ] }""");
        var before = await host.OpenAi().Ask("Hello");

        host.Script(Script.Of(Rule.On("plan", "second")));
        host.Add(Rule.Always("third"));

        before.ShouldBe("first");
        (await host.OpenAi().Ask("plan")).ShouldBe("second");
        (await host.OpenAi().Ask("Hello")).ShouldBe("third");
    }

    [Fact]
    public async Task Should_play_what_the_README_shows()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("tests", "ModelServer", "README.md"));
        await using var host = await ModelHost.Start(readme.Split("```json\n")[1].Split("```")[0]);

        (await host.OpenAi("sk-critic").CompleteChatAsync("the plan: step one")).Value.ToolCalls.Single().FunctionArguments.ToString().ShouldBe("""{"step":"one"}""");
        Misbehaviours.Names.ShouldAllBe(name => readme.Contains($"`{name}`", StringComparison.Ordinal));
        host.Journal.Calls.Single().Owner.ShouldBe("critic");
    }

    private sealed class RunHeader(string? run) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (run is not null)
                request.Headers.Add("loopbus-run", run);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
