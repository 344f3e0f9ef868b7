using LoopBus.Hosting.Git;

namespace LoopBus.Hosting.Tests.Git;

public sealed class When_notes_are_kept : IDisposable
{
    private readonly GitContext _git = new();
    private readonly string _head;

    public When_notes_are_kept() => _head = _git.Scratch.Write("a.cs", "1\n").Commit();

    [Fact]
    public async Task Should_be_read_by_plain_git()
    {
        await _git.Repository.Notes.Edit(_head, "reviewed", _ => "größer\n\nthan before\n");

        _git.Scratch.Git("notes", "--ref=loopbus-review", "show", _head).ShouldBe("größer\n\nthan before\n");
        (await _git.Repository.Notes.Read(_head)).ShouldBe("größer\n\nthan before\n");
    }

    [Fact]
    public async Task Should_see_what_a_person_wrote()
    {
        _git.Scratch.Git("notes", "--ref=loopbus-review", "add", "-m", "a person's word", _head);

        await _git.Repository.Notes.Edit(_head, "reviewed", old => old + "more\n");

        (await _git.Repository.Notes.Read(_head)).ShouldBe("a person's word\nmore\n");
    }

    [Fact]
    public async Task Should_be_gone_when_removed_and_leave_others()
    {
        var second = _git.Scratch.Write("a.cs", "2\n").Commit();
        await _git.Repository.Notes.Edit(_head, "one", _ => "one\n");
        await _git.Repository.Notes.Edit(second, "two", _ => "two\n");

        await _git.Repository.Notes.Edit(_head, "none", _ => null);

        (await _git.Repository.Notes.Read(_head)).ShouldBeNull();
        (await _git.Repository.Notes.Read(second)).ShouldBe("two\n");
    }

    [Fact]
    public async Task Should_lose_nothing_to_writers_at_the_same_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => _git.Repository.Notes.Edit(_head, "turn", old => $"{old}{writer}\n")));

        var note = await _git.Repository.Notes.Read(_head);

        note!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order().ShouldBe(["0", "1", "2", "3"]);
    }

    [Fact]
    public async Task Should_say_that_a_dead_writer_left_its_lock()
    {
        Directory.CreateDirectory(Path.Combine(_git.Scratch.Folder, ".git/refs/notes"));
        await File.WriteAllTextAsync(Path.Combine(_git.Scratch.Folder, ".git/refs/notes/loopbus-review.lock"), "");

        var thrown = await Should.ThrowAsync<GitException>(() => _git.Repository.Notes.Edit(_head, "note", _ => "note\n"));

        (thrown.Code, thrown.Retryable).ShouldBe(("note-locked", true));
    }

    [Fact]
    public async Task Should_not_move_the_branch()
    {
        await _git.Repository.Notes.Edit(_head, "note", _ => "note\n");

        _git.Scratch.Git("rev-parse", "main").Trim().ShouldBe(_head);
        _git.Scratch.Git("status", "--porcelain").ShouldBeEmpty();
    }

    public void Dispose() => _git.Dispose();
}
