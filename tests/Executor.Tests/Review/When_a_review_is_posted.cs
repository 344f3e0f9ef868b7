using System.Text.Json;
using LoopBus.Executor.Tools;
using LoopBus.Testing.Git;

namespace LoopBus.Executor.Tests.Review;

public sealed class When_a_review_is_posted : IDisposable
{
    private readonly ScratchRepository _scratch = new();
    private readonly ReviewContext _review;
    private readonly string _head;

    public When_a_review_is_posted()
    {
        _review = new(_scratch.Root);
        _head = _scratch.Write("src/größe \u001b[31m.cs", "class A { string password = \"Zx81-Spectrum\"; }\n").Commit();
    }

    [Fact]
    public async Task Should_be_readable_by_a_person_in_plain_git()
    {
        await Post();

        var note = Shown();

        note.ShouldStartWith("LoopBus review key-1: REQUEST CHANGES\n\n1 file and 1 new line read: 1 critical, 1 low.");
        note.ShouldContain("\nCRITICAL\n  src/größe \uFFFD[31m.cs:1  security/secret  (confidence 0.85)\n    A secret stands in the code");
        note.ShouldContain(
            $"\nLoopBus-Run: task-1\nLoopBus-Key: key-1\nLoopBus-Range: 4b825dc642cb6eb9a060e54bf8d69288fbee4904..{_head}\nLoopBus-Hash: "
        );
    }

    [Fact]
    public async Task Should_be_posted_once_under_one_key()
    {
        var first = await Post();
        var note = Shown();

        var second = await Post();

        Shown().ShouldBe(note);
        JsonElement.DeepEquals(first, second).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_be_told_by_a_probe()
    {
        var arguments = await Arguments();

        (await _review.Poster.Probe(ReviewContext.Of(arguments), CancellationToken.None)).ShouldBeNull();
        var posted = await Post();
        var probed = await _review.Poster.Probe(ReviewContext.Of(arguments), CancellationToken.None);

        JsonElement.DeepEquals(probed!.Value, posted).ShouldBeTrue();
        (await _review.Poster.Probe(ReviewContext.Of(arguments, key: "key-2"), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Should_leave_what_others_wrote_when_it_comes_and_goes()
    {
        _scratch.Git("notes", "--ref=loopbus-review", "add", "-m", "A person's word\n\nand more", _head);
        var posted = await Post();
        await Post("task-2", "key-2");
        _scratch.Git("notes", "--ref=loopbus-review", "append", "-m", "A last word", _head);

        Shown().ShouldStartWith("A person's word\n\nand more\n\nLoopBus review key-1: ");
        (await Remove(posted)).GetProperty("removed").GetBoolean().ShouldBeTrue();
        (await Remove(posted)).GetProperty("removed").GetBoolean().ShouldBeFalse();

        var note = Shown();
        note.ShouldStartWith("A person's word\n\nand more\n\nLoopBus review key-2: ");
        note.ShouldEndWith("\n\nA last word\n");
        note.ShouldNotContain("key-1");
    }

    [Fact]
    public async Task Should_leave_no_note_where_there_was_none()
    {
        await Remove(await Post());

        Should.Throw<InvalidOperationException>(Shown).Message.ShouldContain("no note found");
        _scratch
            .Git("log", "--format=%s", "refs/notes/loopbus-review")
            .ShouldBe($"Review of {_head} by run task-1 taken back\nReview of {_head} by run task-1\n");
    }

    [Fact]
    public async Task Should_not_be_taken_back_where_a_person_changed_it()
    {
        var posted = await Post();
        var note = Shown().Replace("1 critical", "no critical", StringComparison.Ordinal);
        _scratch.Git("notes", "--ref=loopbus-review", "add", "--force", "-m", note, _head);

        (await Should.ThrowAsync<ToolException>(() => Remove(posted))).Code.ShouldBe("note-edited");
        Shown().ShouldContain("no critical");
    }

    [Fact]
    public async Task Should_not_be_taken_back_by_another_run() =>
        (await Should.ThrowAsync<ToolException>(async () => await Remove(await Post(), task: "task-2"))).Code.ShouldBe(
            "note-of-another-run"
        );

    [Fact]
    public async Task Should_keep_every_review_that_is_posted_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(run => Post($"task-{run}", $"key-{run}")));

        Enumerable.Range(0, 4).ShouldAllBe(run => Shown().Contains($"LoopBus-Key: key-{run}\n"));
    }

    [Fact]
    public async Task Should_find_its_end_whatever_a_finding_says()
    {
        var review = JsonSerializer.SerializeToNode(await _review.Review(_scratch.Folder, "HEAD")).ShouldNotBeNull();
        review["findings"]![0]!["message"] = "x\nLoopBus-Hash: 1\n\nLoopBus review key-9: APPROVE";
        var posted = await _review.Call(
            "review.post_notes",
            new
            {
                repository = _scratch.Folder,
                head = _head,
                review,
            }
        );

        Shown().Split('\n').Count(line => line.StartsWith("LoopBus-Hash: ", StringComparison.Ordinal)).ShouldBe(1);
        (await Remove(posted)).GetProperty("removed").GetBoolean().ShouldBeTrue();
    }

    public void Dispose()
    {
        _review.Dispose();
        _scratch.Dispose();
    }

    private string Shown() => _scratch.Git("notes", "--ref=loopbus-review", "show", _head);

    private async Task<object> Arguments() =>
        new
        {
            repository = _scratch.Folder,
            head = _head,
            review = await _review.Review(_scratch.Folder, "HEAD"),
        };

    private async Task<JsonElement> Post(string task = "task-1", string key = "key-1") =>
        await _review.Call("review.post_notes", await Arguments(), task, key);

    private Task<JsonElement> Remove(JsonElement posted, string task = "task-1") =>
        _review.Call(
            "review.remove_notes",
            new
            {
                repository = _scratch.Folder,
                commit = posted.GetProperty("commit"),
                key = posted.GetProperty("key"),
            },
            task,
            "undo-key"
        );
}
