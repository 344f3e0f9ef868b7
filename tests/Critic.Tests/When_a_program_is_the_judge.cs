using System.Text.Json;
using LoopBus.Contracts.Critique;
using LoopBus.Critic.Checks;
using LoopBus.Testing;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic.Tests;

public sealed class When_a_program_is_the_judge
{
    private readonly CriticOptions options = new() { CommandSeconds = 10, CommandBytes = 1000, Commands = { ["sh"] = "/bin/sh", ["cat"] = "/bin/cat", ["gone"] = "/nonexistent/gone" } };

    [Theory]
    [InlineData("exit 0", 0, true, "sh ended with 0.")]
    [InlineData("exit 3", 3, true, "sh ended with 3.")]
    [InlineData("echo no good >&2; exit 1", 0, false, "sh ended with 1, not 0: no good.")]
    [InlineData("kill -9 $$", 0, false, "sh ended with 137, not 0.")]
    public async Task Should_hold_by_how_it_ends(string script, int exitCode, bool holds, string text)
    {
        (await Judge(new { program = "sh", arguments = new[] { "-c", script }, exitCode })).ShouldBe(new Evidence("command", holds, text));
    }

    [Fact]
    public async Task Should_be_given_the_result_and_nothing_else()
    {
        (await Judge(new { program = "cat", path = "text", contains = "hello" })).Holds.ShouldBeTrue();
        (await Judge(new { program = "cat", contains = """{"text":"hello"}""" })).Holds.ShouldBeTrue();
        (await Judge(new { program = "sh", arguments = new[] { "-c", "ls -A; env" }, contains = "HOME" })).Text.ShouldBe("sh did not say HOME.");
        (await Judge(new { program = "sh", arguments = new[] { "-c", "[ -z \"$(ls -A)\" ]" } })).Holds.ShouldBeTrue();
    }

    [Theory]
    [InlineData("rm", "The program 'rm' is not allowed; an operator adds it as LoopBus:Critic:Commands:rm")]
    [InlineData("gone", "There is no /nonexistent/gone")]
    public async Task Should_be_one_that_the_operator_allows(string program, string text)
    {
        var evidence = await Judge(new { program });

        evidence.Holds.ShouldBeFalse();
        evidence.Text.ShouldStartWith(text);
    }

    [Fact]
    public async Task Should_end_with_all_that_it_started_where_it_takes_too_long()
    {
        options.CommandSeconds = 1;
        var mark = $"{Guid.NewGuid():n}";

        var evidence = await Judge(new { program = "sh", arguments = new[] { "-c", $"(sh -c 'sleep 301; : {mark}' &) ; sleep 300" } });

        evidence.ShouldBe(new Evidence("command", false, "sh took longer than 1 s (LoopBus:Critic:CommandSeconds), and was ended."));
        await Eventually.True(() => !Runs(mark), TimeSpan.FromSeconds(10), "what the program started has ended");
    }

    [Fact]
    public async Task Should_not_wait_for_what_it_left_running()
    {
        var mark = $"{Guid.NewGuid():n}";

        (await Judge(new { program = "sh", arguments = new[] { "-c", $"(sh -c 'sleep 301; : {mark}' &) ; exit 0" } })).Holds.ShouldBeTrue();

        await Eventually.True(() => !Runs(mark), TimeSpan.FromSeconds(10), "what the program left has ended");
    }

    [Fact]
    public async Task Should_end_where_it_says_too_much()
    {
        (await Judge(new { program = "sh", arguments = new[] { "-c", "while :; do echo more; done" } })).Text.ShouldStartWith("sh said more than 1000 bytes");
    }

    private static bool Runs(string mark) => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private async Task<Evidence> Judge(object parameters)
    {
        var set = Options.Create(options);
        var critic = new GroundedCritic([new CommandCheck(new ScratchProgram(set, TimeProvider.System), set)]);

        return (await critic.Judge(Asked.About("""{ "text": "hello" }""", ("command", JsonSerializer.Serialize(parameters))), default)).Evidence.Single();
    }
}
