using LoopBus.Hosting.Git;

namespace LoopBus.Hosting.Tests.Git;

public sealed class When_files_changed : IDisposable
{
    private readonly GitContext _git = new();

    [Fact]
    public async Task Should_give_the_lines_touched_on_both_sides()
    {
        _git.Scratch.Write("a.cs", "1\n2\n3\n4\n5\n6\n").Commit();
        _git.Scratch.Write("a.cs", "1\nzwei\n3\n5\n6\n7\n8\n").Commit();

        var file = await _git.OnlyChange();

        file.Status.ShouldBe("modified");
        file.ChangedLines.ShouldBe([new(2, 2), new(6, 7)]);
        file.RemovedLines.ShouldBe([new(2, 2), new(4, 4)]);
        (file.AddedCount, file.RemovedCount).ShouldBe((3, 2));
    }

    [Fact]
    public async Task Should_list_all_of_a_first_commit()
    {
        _git.Scratch.Write("a.cs", "1\n2\n").Commit();

        var file = await _git.OnlyChange();

        (file.Status, file.ChangedLines[0]).ShouldBe(("added", new LineRange(1, 2)));
    }

    [Fact]
    public async Task Should_follow_a_rename()
    {
        _git.Scratch.Write("old.cs", "1\n2\n3\n4\n5\n6\n").Commit();
        _git.Scratch.Git("mv", "old.cs", "new.cs");
        _git.Scratch.Write("new.cs", "1\n2\n3\n4\n5\nsechs\n").Commit();

        var file = await _git.OnlyChange();

        (file.Status, file.OldPath, file.Path).ShouldBe(("renamed", "old.cs", "new.cs"));
        file.ChangedLines.ShouldBe([new(6, 6)]);
    }

    [Fact]
    public async Task Should_flag_binaries_links_and_nothing_else()
    {
        _git.Scratch.Write("picture.png", "a\0b");
        File.CreateSymbolicLink(Path.Combine(_git.Scratch.Folder, "link"), "/etc/passwd");
        _git.Scratch.Write("text.cs", "x\n").Commit();

        var files = await _git.Repository.ChangedFiles(await _git.Repository.Resolve("HEAD"));

        files.Where(file => file.Binary).Select(file => file.Path).ShouldBe(["link", "picture.png"]);
        (await _git.Repository.Show((await _git.Repository.Resolve("HEAD")).Head, "link")).ShouldBeNull();
    }

    [Fact]
    public async Task Should_keep_files_apart_when_a_type_changes()
    {
        _git.Scratch.Write("a.cs", "1\n").Write("b.cs", "1\n").Commit();
        File.Delete(Path.Combine(_git.Scratch.Folder, "a.cs"));
        File.CreateSymbolicLink(Path.Combine(_git.Scratch.Folder, "a.cs"), "b.cs");
        _git.Scratch.Write("b.cs", "1\n2\n").Commit();

        var files = await _git.Repository.ChangedFiles(await _git.Repository.Resolve("HEAD"));

        files.Select(file => (file.Path, file.Status, file.AddedCount)).ShouldBe([("a.cs", "type-changed", 0), ("b.cs", "modified", 1)]);
    }

    [Theory]
    [InlineData("with space/größe \"quoted\" 'single'.cs")]
    [InlineData("日本/🎲.cs")]
    [InlineData("line\nbreak.cs")]
    [InlineData("-dash.cs")]
    [InlineData(":(glob)*.cs")]
    public async Task Should_work_on_any_name(string name)
    {
        _git.Scratch.Write(name, "text @@ -1 +1 @@\ndiff --git a b\n").Commit();

        var file = await _git.OnlyChange();
        var bytes = await _git.Repository.Show((await _git.Repository.Resolve("HEAD")).Head, name);

        (file.Path, file.AddedCount).ShouldBe((name, 2));
        bytes!.Length.ShouldBe(32);
    }

    [Fact]
    public async Task Should_not_let_the_repository_hide_a_change_from_review()
    {
        _git.Scratch.Write(".gitattributes", "*.cs -diff\n").Commit();
        _git.Scratch.Write("a.cs", "1\n").Commit();

        (await _git.OnlyChange()).Binary.ShouldBeFalse();
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../b")]
    [InlineData("")]
    public async Task Should_refuse_a_path_that_leads_out(string path)
    {
        var head = _git.Scratch.Write("a.cs", "1\n").Commit();

        (await Should.ThrowAsync<GitException>(() => _git.Repository.Show(head, path))).Code.ShouldBe("file-invalid");
    }

    [Fact]
    public async Task Should_give_nothing_for_a_file_that_is_not_there()
    {
        var head = _git.Scratch.Write("folder/a.cs", "1\n").Commit();

        (await _git.Repository.Show(head, "folder")).ShouldBeNull();
        (await _git.Repository.Show(head, "b.cs")).ShouldBeNull();
    }

    public void Dispose() => _git.Dispose();
}
