using LoopBus.Hosting.Git;

namespace LoopBus.Hosting.Tests.Git;

public sealed class When_a_range_is_resolved : IDisposable
{
    private const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    private readonly GitContext _git = new();
    private readonly string _first;
    private readonly string _second;

    public When_a_range_is_resolved()
    {
        _first = _git.Scratch.Write("a.txt", "1\n").Commit();
        _second = _git.Scratch.Write("a.txt", "2\n").Commit();
    }

    [Fact]
    public async Task Should_take_two_ends() => (await _git.Repository.Resolve("HEAD~1..HEAD")).ShouldBe(new GitRange(_first, _second));

    [Fact]
    public async Task Should_take_head_for_an_end_left_out() =>
        (await _git.Repository.Resolve("main~1..")).ShouldBe(new GitRange(_first, _second));

    [Fact]
    public async Task Should_take_one_commit_as_its_own_change() =>
        (await _git.Repository.Resolve("main")).ShouldBe(new GitRange(_first, _second));

    [Fact]
    public async Task Should_take_three_dots_from_the_merge_base()
    {
        _git.Scratch.Git("checkout", "--quiet", "-b", "feature/größe", _first);
        var third = _git.Scratch.Write("b.txt", "b\n").Commit();

        (await _git.Repository.Resolve("main...feature/größe")).ShouldBe(new GitRange(_first, third));
    }

    [Theory]
    [InlineData("HEAD~1")]
    [InlineData("HEAD~2..HEAD~1")]
    [InlineData("HEAD~1^..HEAD~1")]
    [InlineData("0000000000000000000000000000000000000000..HEAD~1")]
    [InlineData(EmptyTree + "..HEAD~1")]
    public async Task Should_start_a_first_commit_from_the_empty_tree(string range) =>
        (await _git.Repository.Resolve(range)).ShouldBe(new GitRange(EmptyTree, _first));

    [Theory]
    [InlineData("--output=/tmp/x")]
    [InlineData("HEAD..--all")]
    [InlineData("HEAD:a.txt")]
    [InlineData("HEAD^{/secret}")]
    [InlineData("HEAD@{1}")]
    [InlineData("HEAD main")]
    [InlineData("HEAD\n")]
    [InlineData("a..b..c")]
    [InlineData("")]
    public async Task Should_refuse_what_is_no_range(string range) =>
        (await Should.ThrowAsync<GitException>(() => _git.Repository.Resolve(range))).Code.ShouldBe("range-invalid");

    [Fact]
    public async Task Should_say_which_revision_is_not_there()
    {
        var thrown = await Should.ThrowAsync<GitException>(() => _git.Repository.Resolve("HEAD..nowhere"));

        thrown.Code.ShouldBe("revision-not-found");
        thrown.Message.ShouldContain("'nowhere'");
    }

    public void Dispose() => _git.Dispose();
}
