using LoopBus.Contracts.Execution;
using LoopBus.Executor.Tools.Mcp;
using LoopBus.Loops.Tools;

namespace LoopBus.Executor.Tests.Tools.Mcp;

public sealed class When_an_MCP_server_is_asked
{
    [McpFact]
    public async Task Should_have_its_tools_with_the_gate_of_their_annotations()
    {
        await using var files = McpContext.Filesystem();
        await using var everything = McpContext.Everything();

        (await Declared(files, "read_text_file")).ShouldBe((Effect.None, BlastRadius.None));
        (await Declared(files, "create_directory")).ShouldBe((Effect.Idempotent, BlastRadius.Low));
        (await Declared(files, "write_file")).ShouldBe((Effect.Irreversible, BlastRadius.Medium));
        (await Declared(files, "move_file")).ShouldBe((Effect.Irreversible, BlastRadius.High));
        (await Declared(everything, "gzip-file-as-resource")).ShouldBe((Effect.Idempotent, BlastRadius.Medium));
        (await Declared(everything, "toggle-simulated-logging")).ShouldBe((Effect.Irreversible, BlastRadius.Low));
    }

    [McpFact]
    public async Task Should_let_an_operator_know_better()
    {
        await using var files = McpContext.Filesystem();
        files.Settings.Tools["write_file"] = new McpToolOptions { Effect = Effect.Reversible, BlastRadius = BlastRadius.Low, Compensation = "mcp.s.move_file", TimeoutSeconds = 7 };

        var tool = await files.Described("write_file");

        (tool.Effect, tool.BlastRadius, tool.Compensation, tool.TimeoutSeconds).ShouldBe((Effect.Reversible, BlastRadius.Low, "mcp.s.move_file", 7));
    }

    [McpFact]
    public async Task Should_write_and_read()
    {
        await using var files = McpContext.Filesystem();

        await files.Call("write_file", new { path = files.At("a.txt"), content = "hello" });
        var read = await files.Run("read_text_file", new { path = files.At("a.txt") });

        read.Reason.ShouldBeNull();
        read.Output.GetProperty("content").GetString().ShouldBe("hello");
        (await File.ReadAllTextAsync(files.At("a.txt"))).ShouldBe("hello");
    }

    [McpFact]
    public async Task Should_bring_text_and_what_is_beside_it()
    {
        await using var everything = McpContext.Everything();

        var echo = await everything.Run("echo", new { message = "hi" });
        var image = await everything.Run("get-tiny-image", new { });
        var weather = await everything.Run("get-structured-content", new { location = "Chicago" });

        echo.Output.GetProperty("text").GetString().ShouldBe("Echo: hi");
        image.Output.GetProperty("content").EnumerateArray().Single().GetProperty("type").GetString().ShouldBe("image");
        weather.Output.TryGetProperty("temperature", out _).ShouldBeTrue();
    }

    [McpFact]
    public async Task Should_give_it_nothing_of_our_environment_but_what_is_set_up()
    {
        Environment.SetEnvironmentVariable("LOOPBUS_TEST_SECRET", "hush");
        await using var everything = McpContext.Everything();
        everything.Settings.Environment["GREETING"] = "moin";

        var text = (await everything.Call("get-env", new { })).GetProperty("text").GetString()!;

        text.ShouldContain("moin");
        System.Text.Json.JsonDocument.Parse(text).RootElement.EnumerateObject().Select(variable => variable.Name).Except(["PATH", "HOME", "GREETING"]).ShouldBeEmpty();
    }

    [McpFact]
    public async Task Should_keep_by_its_hash_what_is_too_large()
    {
        await using var files = McpContext.Filesystem();
        files.Settings.MaxOutputBytes = 4096;
        var content = string.Concat(Enumerable.Repeat("\"ä\"\n", 5000));
        await File.WriteAllTextAsync(files.At("large.txt"), content);

        var read = await files.Run("read_text_file", new { path = files.At("large.txt") });

        read.Reason.ShouldBeNull();
        read.Output.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        content.ShouldStartWith(read.Output.GetProperty("text").GetString()!);
        var claim = read.Output.GetProperty("claim").GetString()!;
        var kept = await File.ReadAllBytesAsync(files.At($"claims/{claim}"));
        Executor.Tools.Files.FileContent.Sha256(kept).ShouldBe(claim);
        kept.Length.ShouldBe(read.Output.GetProperty("bytes").GetInt32());
        System.Text.Json.JsonDocument.Parse(kept).RootElement.GetProperty("content").GetString().ShouldBe(content);
        read.Output.GetRawText().Length.ShouldBeLessThan(4096);
    }

    [McpFact]
    public async Task Should_fail_where_what_is_too_large_has_no_place()
    {
        await using var files = McpContext.Filesystem(keeps: false);
        files.Settings.MaxOutputBytes = 4096;
        await File.WriteAllTextAsync(files.At("large.txt"), new string('x', 5000));

        var failure = await files.Failure("read_text_file", new { path = files.At("large.txt") });

        (failure.Code, failure.OutcomeUnknown).ShouldBe(("output-too-large", false));
        failure.Message.ShouldContain("LoopBus:Files:Root");
    }

    private static async Task<(Effect, BlastRadius)> Declared(McpContext context, string tool)
    {
        var descriptor = await context.Described(tool);
        descriptor.Name.ShouldBe(McpName.Of("s", tool));
        return (descriptor.Effect, descriptor.BlastRadius);
    }
}
