using System.Text.Json;
using LoopBus.Contracts.Critique;
using LoopBus.Critic.Checks;
using LoopBus.Hosting.Git;
using LoopBus.Testing.Git;
using Microsoft.Extensions.Options;

namespace LoopBus.Critic.Tests;

public sealed class When_findings_cite_a_repository : IDisposable
{
    private readonly ScratchRepository scratch = new();
    private readonly GitRepositories repositories;
    private readonly GroundedCritic critic;
    private readonly string before;
    private readonly string after;

    public When_findings_cite_a_repository()
    {
        repositories = new GitRepositories(Options.Create(new GitOptions { Roots = [scratch.Root] }), TimeProvider.System);
        critic = new GroundedCritic([new CitedLinesExistCheck(repositories), new NotesExistCheck(repositories)]);
        before = scratch.Write("a.cs", "one\r\nremoved\r\n").Commit();
        after = scratch.Write("a.cs", "\uFEFFone\n  two\n").Commit();
    }

    [Fact]
    public async Task Should_hold_where_each_line_is_there_word_for_word()
    {
        var evidence = await Cited(new { file = "a.cs", line = 1, side = "new", evidence = "one" }, new { file = "a.cs", line = 2, evidence = "  two" }, new { file = "a.cs", line = 2, side = "old", evidence = "removed" });

        evidence.ShouldBe(new Evidence("cited-lines-exist", true, "3 cited lines are there, word for word."));
    }

    [Fact]
    public async Task Should_not_hold_for_a_line_that_is_not_there_or_says_something_else()
    {
        var evidence = await Cited(
            new { file = "a.cs", line = 2, evidence = "two" },
            new { file = "a.cs", line = 9, evidence = "two" },
            new { file = "b.cs", line = 1, evidence = "two" },
            new { file = "a.cs", line = 2, side = "old", evidence = "  two" },
            new { file = "a.cs", evidence = "two" });

        evidence.Holds.ShouldBeFalse();
        evidence.Text.ShouldBe(
            "findings[0]: line 2 of a.cs is not two; findings[1]: a.cs has 3 lines, and no line 9; "
            + $"findings[2]: there is no file b.cs at {after}; findings[3]: line 2 of a.cs is not   two; findings[4]: it has no file, line and evidence.");
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public async Task Should_not_hold_for_a_file_outside_the_repository(string file)
    {
        (await Cited(new { file, line = 1, evidence = "root" })).Holds.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_not_hold_for_a_repository_that_may_not_be_opened()
    {
        var evidence = await Judge("cited-lines-exist", new { findings = Array.Empty<object>() }, new { path = "findings[*]", repository = "/", head = after });

        evidence.Holds.ShouldBeFalse();
        evidence.Text.ShouldContain("LoopBus:Git:Roots");
    }

    [Fact]
    public async Task Should_see_the_note_that_was_posted_and_what_it_says()
    {
        (await Noted(null)).ShouldBe(new Evidence("notes-exist", false, $"{after} has no note under refs/notes/loopbus-review."));

        await repositories.Open(scratch.Folder).Notes.Edit(after, "review", _ => "review-42 says no");

        (await Noted(null)).Holds.ShouldBeTrue();
        (await Noted("review-42")).ShouldBe(new Evidence("notes-exist", true, $"{after} has its note under refs/notes/loopbus-review."));
        (await Noted(new[] { "review-42", "yes" })).ShouldBe(new Evidence("notes-exist", false, $"the note of {after} does not contain yes."));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Should_know_nothing_where_git_cannot_answer_now()
    {
        var git = Path.Combine(scratch.Root, "slow-git");
        await File.WriteAllTextAsync(git, "#!/bin/sh\nexec sleep 30\n");
        File.SetUnixFileMode(git, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var slow = new GitRepositories(Options.Create(new GitOptions { Roots = [scratch.Root], Executable = git, TimeoutSeconds = 0.2 }), TimeProvider.System);
        var asked = Asked.About("{}", ("notes-exist", JsonSerializer.Serialize(new { repository = scratch.Folder, commit = after })));

        (await Should.ThrowAsync<CritiqueException>(() => new GroundedCritic([new NotesExistCheck(slow)]).Judge(asked, default))).Code.ShouldBe("timed-out");
    }

    public void Dispose() => scratch.Dispose();

    private Task<Evidence> Cited(params object[] findings) =>
        Judge("cited-lines-exist", new { findings }, new { path = "findings[*]", repository = scratch.Folder, head = after, @base = before });

    private Task<Evidence> Noted(object? contains) => Judge(
        "notes-exist", new { }, contains is null ? new { repository = scratch.Folder, commit = after } : new { repository = scratch.Folder, commit = after, contains });

    private async Task<Evidence> Judge(string kind, object result, object parameters) =>
        (await critic.Judge(Asked.About(JsonSerializer.Serialize(result), (kind, JsonSerializer.Serialize(parameters))), default)).Evidence.Single();
}
