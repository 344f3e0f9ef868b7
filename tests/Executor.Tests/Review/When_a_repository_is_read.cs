using LoopBus.Executor.Tools;
using LoopBus.Loops;
using LoopBus.Loops.Tools;
using LoopBus.Testing.Git;

namespace LoopBus.Executor.Tests.Review;

public sealed class When_a_repository_is_read : IDisposable
{
    private readonly ScratchRepository _scratch = new();
    private readonly ReviewContext _review;

    public When_a_repository_is_read() => _review = new(_scratch.Root);

    [Fact]
    public async Task Should_tell_what_changed()
    {
        _scratch.Write("src/old name.cs", "1\n2\n3\n4\n5\n").Write("gone.py", "x = 1\n").Commit();
        _scratch.Git("mv", "src/old name.cs", "src/new name.cs");
        File.Delete(Path.Combine(_scratch.Folder, "gone.py"));
        _scratch
            .Write("src/new name.cs", "1\n2\nthree\n4\n5\n")
            .Write("tests/ATests.cs", "class A { }\n")
            .Write("picture.png", "a\0b")
            .Commit();

        var changed = await _review.Call("git.changed_files", new { repository = _scratch.Folder, range = "HEAD~1..HEAD" });

        changed
            .GetProperty("files")
            .EnumerateArray()
            .Select(file => file.ToString())
            .ShouldBe([
                """{"path":"gone.py","status":"deleted","language":"python","changedLines":[],"removedLines":[{"start":1,"end":1}],"addedLines":0,"binary":false,"isTest":false}""",
                """{"path":"picture.png","status":"added","language":"other","changedLines":[],"removedLines":[],"addedLines":0,"binary":true,"isTest":false}""",
                """{"path":"src/new name.cs","status":"renamed","language":"csharp","changedLines":[{"start":3,"end":3}],"removedLines":[{"start":3,"end":3}],"addedLines":1,"binary":false,"isTest":false,"oldPath":"src/old name.cs"}""",
                """{"path":"tests/ATests.cs","status":"added","language":"csharp","changedLines":[{"start":1,"end":1}],"removedLines":[],"addedLines":1,"binary":false,"isTest":true}""",
            ]);
    }

    [Fact]
    public async Task Should_show_a_file_as_it_was()
    {
        _scratch.Write("a.txt", "größer\n").Commit();
        _scratch.Write("a.txt", "more\n").Commit();

        (
            await _review.Call(
                "git.show_file",
                new
                {
                    repository = _scratch.Folder,
                    commit = "HEAD~1",
                    path = "a.txt",
                }
            )
        ).GetProperty("text").GetString().ShouldBe("größer\n");
    }

    [Theory]
    [InlineData("/etc", "HEAD", "repository-not-allowed")]
    [InlineData(null, "--all", "range-invalid")]
    [InlineData(null, "nowhere", "revision-not-found")]
    public async Task Should_say_why_not(string? repository, string range, string code)
    {
        _scratch.Write("a.txt", "1\n").Commit();

        var failed = await Should.ThrowAsync<ToolException>(() =>
            _review.Call("git.changed_files", new { repository = repository ?? _scratch.Folder, range })
        );

        (failed.Code, failed.Retryable).ShouldBe((code, false));
    }

    [Fact]
    public void Should_be_what_the_loop_asks_for()
    {
        var loop = LoopFile.Load(Path.Combine(Sample.Home(), "loop.yaml"));

        loop.Name.ShouldBe("code-review");
        var post = ToolCatalogue.BuiltIn.Find("review.post_notes").ShouldNotBeNull();
        Gate.Decide(post.Effect, post.BlastRadius).Required.ShouldBeTrue();
    }

    public void Dispose()
    {
        _review.Dispose();
        _scratch.Dispose();
    }
}
