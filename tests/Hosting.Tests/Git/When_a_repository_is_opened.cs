using System.Runtime.Versioning;
using LoopBus.Hosting.Git;

namespace LoopBus.Hosting.Tests.Git;

[UnsupportedOSPlatform("windows")]
public sealed class When_a_repository_is_opened : IDisposable
{
    private readonly GitContext _git = new();
    private readonly GitContext _outside = new();

    [Fact]
    public void Should_open_nothing_without_roots() => Refusal(_git.Scratch.Folder, new GitOptions()).ShouldBe("repository-not-allowed");

    [Fact]
    public void Should_refuse_a_folder_outside_the_roots() => Refusal(_outside.Scratch.Folder).ShouldBe("repository-not-allowed");

    [Fact]
    public void Should_refuse_a_way_out_by_dots() =>
        Refusal($"{_git.Scratch.Root}/../{Path.GetFileName(_outside.Scratch.Root)}/repository").ShouldBe("repository-not-allowed");

    [Fact]
    public void Should_refuse_a_link_out_of_the_roots() =>
        Refusal(Link("link", _outside.Scratch.Folder)).ShouldBe("repository-not-allowed");

    [Fact]
    public void Should_refuse_a_git_directory_outside_the_roots()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_git.Scratch.Root, "worktree")).FullName;
        File.WriteAllText(Path.Combine(folder, ".git"), $"gitdir: {_outside.Scratch.Folder}/.git\n");

        Refusal(folder).ShouldBe("repository-not-allowed");
    }

    [Fact]
    public void Should_refuse_objects_borrowed_from_outside_the_roots()
    {
        File.WriteAllText(Path.Combine(_git.Scratch.Folder, ".git/objects/info/alternates"), $"{_outside.Scratch.Folder}/.git/objects\n");

        Refusal(_git.Scratch.Folder).ShouldBe("repository-not-allowed");
    }

    [Fact]
    public void Should_say_that_a_folder_is_no_repository() => Refusal(_git.Scratch.Root).ShouldBe("repository-not-found");

    [Fact]
    public async Task Should_open_a_worktree_a_bare_clone_and_a_link_inside_the_roots()
    {
        var head = _git.Scratch.Write("a.cs", "1\n").Commit();
        _git.Scratch.Git("worktree", "add", "--quiet", "../tree");
        _git.Scratch.Git("clone", "--quiet", "--bare", ".", "../bare.git");

        foreach (
            var path in new[] { "tree", "bare.git" }
                .Select(name => Path.Combine(_git.Scratch.Root, name))
                .Append(Link("alias", _git.Scratch.Folder))
        )
            (await _git.Open(path).Commit("HEAD")).ShouldBe(head);
    }

    [Fact]
    public async Task Should_run_nothing_that_the_repository_configures()
    {
        var trap = Path.Combine(_git.Scratch.Root, "trap");
        foreach (
            var key in new[]
            {
                "core.pager",
                "core.fsmonitor",
                "diff.external",
                "core.sshCommand",
                "core.editor",
                "diff.trap.textconv",
                "diff.trap.command",
            }
        )
            _git.Scratch.Git("config", key, $"touch {trap};");
        File.WriteAllText(Path.Combine(_git.Scratch.Folder, ".git/info/attributes"), "*.cs diff=trap\n");
        File.WriteAllText(Path.Combine(_git.Scratch.Folder, ".git/hooks/reference-transaction"), $"#!/bin/sh\ntouch {trap}\n");
        var head = _git.Scratch.Write("a.cs", "1\n").Commit();
        File.SetUnixFileMode(
            Path.Combine(_git.Scratch.Folder, ".git/hooks/reference-transaction"),
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite
        );
        File.Delete(trap);

        await _git.OnlyChange();
        await _git.Repository.Show(head, "a.cs");
        await _git.Repository.Notes.Edit(head, "note", _ => "note\n");

        File.Exists(trap).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_bound_what_git_gives()
    {
        var head = _git.Scratch.Write("a.cs", new string('x', 5000)).Commit();
        var repository = _git.Open(_git.Scratch.Folder, new GitOptions { Roots = [_git.Scratch.Root], MaxFileBytes = 1000 });

        (await Should.ThrowAsync<GitException>(() => repository.Show(head, "a.cs"))).Code.ShouldBe("too-large");
    }

    [Fact]
    public async Task Should_bound_how_long_git_takes()
    {
        var slow = Path.Combine(_git.Scratch.Root, "slow");
        File.WriteAllText(slow, "#!/bin/sh\nexec tail -f /dev/null\n");
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var repository = _git.Open(
            _git.Scratch.Folder,
            new GitOptions
            {
                Roots = [_git.Scratch.Root],
                Executable = slow,
                TimeoutSeconds = 0.2,
            }
        );

        var thrown = await Should.ThrowAsync<GitException>(() => repository.Commit("HEAD"));

        (thrown.Code, thrown.Retryable).ShouldBe(("timed-out", true));
    }

    [Fact]
    public async Task Should_end_git_when_the_caller_cancels()
    {
        var slow = Path.Combine(_git.Scratch.Root, "slow");
        File.WriteAllText(slow, "#!/bin/sh\nexec tail -f /dev/null\n");
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var repository = _git.Open(_git.Scratch.Folder, new GitOptions { Roots = [_git.Scratch.Root], Executable = slow });

        await Should.ThrowAsync<OperationCanceledException>(() => repository.Commit("HEAD", cancelled.Token));
    }

    private string Refusal(string path, GitOptions? options = null) => Should.Throw<GitException>(() => _git.Open(path, options)).Code;

    private string Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_git.Scratch.Root, name), target).FullName;

    public void Dispose()
    {
        _git.Dispose();
        _outside.Dispose();
    }
}
