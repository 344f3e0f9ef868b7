using LoopBus.Executor.Tools;

namespace LoopBus.Executor.Tests.Tools.Files;

public sealed class When_a_path_leads_outside : IDisposable
{
    private readonly FileContext _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("../outside/secret")]
    [InlineData("a/../../outside/secret")]
    [InlineData("/etc/passwd")]
    [InlineData("./a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("")]
    [InlineData("..\\outside\\secret")]
    [InlineData("C:secret")]
    [InlineData("a\0b")]
    [InlineData(".loopbus-backup/key-1/manifest.json")]
    [InlineData("a/.LOOPBUS-BACKUP/x")]
    public async Task Should_refuse_to_read_and_to_write(string path)
    {
        (await Should.ThrowAsync<ToolException>(() => _files.Read(path))).Code.ShouldBe("bad-path");
        (await Should.ThrowAsync<ToolException>(() => _files.Write(path, "x"))).Code.ShouldBe("bad-path");
    }

    [Fact]
    public async Task Should_follow_no_link_to_a_file()
    {
        File.WriteAllText(Path.Combine(_files.Outside, "secret"), "secret");
        File.CreateSymbolicLink(_files.At("link"), Path.Combine(_files.Outside, "secret"));

        (await Should.ThrowAsync<ToolException>(() => _files.Read("link"))).Code.ShouldBe("bad-path");
        (await Should.ThrowAsync<ToolException>(() => _files.Write("link", "x"))).Code.ShouldBe("bad-path");
    }

    [Fact]
    public async Task Should_follow_no_link_to_a_folder()
    {
        Directory.CreateSymbolicLink(_files.At("folder"), _files.Outside);

        (await Should.ThrowAsync<ToolException>(() => _files.Write("folder/new", "x"))).Code.ShouldBe("bad-path");
        Directory.GetFiles(_files.Outside).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_follow_no_link_for_its_backups()
    {
        Directory.CreateSymbolicLink(_files.At(".loopbus-backup"), _files.Outside);

        (await Should.ThrowAsync<ToolException>(() => _files.Write("a.txt", "x"))).Code.ShouldBe("bad-path");
        Directory.GetFileSystemEntries(_files.Outside).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../key-1")]
    [InlineData("a/b")]
    public async Task Should_take_no_path_for_a_backup(string backup) =>
        (await Should.ThrowAsync<ToolException>(() => _files.Restore(backup))).Code.ShouldBe("bad-backup");

    [Fact]
    public async Task Should_read_what_lies_inside()
    {
        _files.Given("notes/today.md", "text");

        var output = await _files.Read("notes/today.md");

        output.GetProperty("content").GetString().ShouldBe("text");
        output.GetProperty("encoding").GetString().ShouldBe("utf-8");
    }

    [Fact]
    public async Task Should_say_that_nothing_is_there() =>
        (await Should.ThrowAsync<ToolException>(() => _files.Read("none"))).Code.ShouldBe("file-not-found");
}
