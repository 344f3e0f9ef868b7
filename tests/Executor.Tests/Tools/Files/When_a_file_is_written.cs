using LoopBus.Executor.Tools;

namespace LoopBus.Executor.Tests.Tools.Files;

public sealed class When_a_file_is_written : IDisposable
{
    private readonly FileContext _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Should_have_the_whole_content_and_leave_nothing_else()
    {
        var output = await _files.Write("notes/today.md", "new");

        File.ReadAllText(_files.At("notes/today.md")).ShouldBe("new");
        Directory.GetFiles(_files.At("notes")).Length.ShouldBe(1);
        output.GetProperty("backup").GetString().ShouldBe("key-1");
        output.GetProperty("previous").GetProperty("existed").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Should_be_restored_to_what_it_was_however_often_asked()
    {
        _files.Given("a.txt", "old");
        var written = await _files.Write("a.txt", "new");

        await _files.Restore(written.GetProperty("backup").GetString()!);
        await _files.Restore(written.GetProperty("backup").GetString()!);

        File.ReadAllText(_files.At("a.txt")).ShouldBe("old");
    }

    [Fact]
    public async Task Should_be_gone_after_a_restore_where_it_was_new()
    {
        await _files.Write("a.txt", "new");

        await _files.Restore("key-1");

        File.Exists(_files.At("a.txt")).ShouldBeFalse();
    }

    [Fact]
    public async Task Should_not_be_restored_over_what_another_wrote()
    {
        _files.Given("a.txt", "old");
        await _files.Write("a.txt", "new");
        _files.Given("a.txt", "another's");

        var failure = await Should.ThrowAsync<ToolException>(() => _files.Restore("key-1"));

        failure.Code.ShouldBe("changed-since");
        File.ReadAllText(_files.At("a.txt")).ShouldBe("another's");
    }

    [Fact]
    public async Task Should_keep_the_first_backup_where_the_same_write_runs_again()
    {
        _files.Given("a.txt", "old");
        await _files.Write("a.txt", "new");
        await _files.Write("a.txt", "new");

        await _files.Restore("key-1");

        File.ReadAllText(_files.At("a.txt")).ShouldBe("old");
    }

    [Fact]
    public async Task Should_be_found_by_the_probe()
    {
        (await _files.Probe("a.txt", "new")).ShouldBeNull();

        var output = await _files.Write("a.txt", "new");

        (await _files.Probe("a.txt", "new"))!.Value.GetRawText().ShouldBe(output.GetRawText());
    }

    [Fact]
    public async Task Should_be_neither_written_nor_denied_where_another_wrote_meanwhile()
    {
        await _files.Write("a.txt", "new");
        _files.Given("a.txt", "another's");

        var failure = await Should.ThrowAsync<ToolException>(() => _files.Probe("a.txt", "new"));

        failure.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_be_refused_where_it_is_too_large()
    {
        var failure = await Should.ThrowAsync<ToolException>(() => _files.Write("a.txt", new string('x', 1001)));

        failure.Code.ShouldBe("file-too-large");
        File.Exists(_files.At("a.txt")).ShouldBeFalse();
    }
}
