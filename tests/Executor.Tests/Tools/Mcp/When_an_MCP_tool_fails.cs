using LoopBus.Contracts.Execution;
using LoopBus.Executor.Steps;
using LoopBus.Executor.Tools.Mcp;
using LoopBus.Loops.Tools;
using LoopBus.Testing;
using LoopBus.Testing.Processes;

namespace LoopBus.Executor.Tests.Tools.Mcp;

public sealed class When_an_MCP_tool_fails
{
    private static readonly object Slow = new { duration = 60, steps = 2 };

    [McpFact]
    public async Task Should_be_tried_again_only_where_that_is_no_second_effect()
    {
        await using var files = McpContext.Filesystem();
        var missing = new { source = files.At("none"), destination = files.At("other") };

        var read = await files.Failure("read_text_file", new { path = "/etc/passwd" });
        var move = await files.Failure("move_file", missing);
        files.Settings.Tools["move_file"] = new McpToolOptions { FailsClean = true };
        var clean = await files.Failure("move_file", missing);

        (read.Code, read.Retryable, read.OutcomeUnknown).ShouldBe(("mcp-tool-error", true, false));
        read.Message.ShouldContain("outside allowed directories");
        (move.Retryable, move.OutcomeUnknown).ShouldBe((false, true));
        (clean.Retryable, clean.OutcomeUnknown).ShouldBe((false, false));
    }

    [McpFact]
    public async Task Should_end_when_its_time_is_up_and_the_server_go_on()
    {
        await using var everything = McpContext.Everything();
        await everything.Tools();

        var slow = await everything.Run("trigger-long-running-operation", Slow, seconds: 0.5);
        var next = await everything.Run("echo", new { message = "still here" });

        (slow.End, slow.Reason!.Code).ShouldBe((StepEnd.Failed, "timeout"));
        next.End.ShouldBe(StepEnd.Done);
    }

    [McpFact]
    public async Task Should_be_in_doubt_where_the_server_died_in_the_call_and_find_a_new_one_afterwards()
    {
        await using var everything = McpContext.Everything();
        everything.Settings.Tools["trigger-long-running-operation"] = new McpToolOptions { Effect = Effect.Irreversible };

        var outcome = await KilledIn(everything);
        var next = await everything.Run("echo", new { message = "again" });

        (outcome.End, outcome.Reason!.Code).ShouldBe((StepEnd.InDoubt, "in-doubt"));
        outcome.Reason.Text.ShouldContain("ended while");
        next.Output.GetProperty("text").GetString().ShouldBe("Echo: again");
    }

    [McpFact]
    public async Task Should_be_retryable_where_the_server_died_in_a_call_that_reads()
    {
        await using var everything = McpContext.Everything();

        var outcome = await KilledIn(everything);

        (outcome.End, outcome.Reason!.Code, outcome.Reason.Retryable).ShouldBe((StepEnd.Failed, "mcp-server-ended", true));
    }

    [McpFact]
    public async Task Should_be_given_a_new_server_where_the_old_one_does_not_answer()
    {
        await using var everything = McpContext.Everything();
        everything.Settings.StartSeconds = 5;
        await everything.Tools();
        using var process = await everything.Process();
        await Shell.Run("kill", "-STOP", $"{process.Id}");

        var silent = await everything.Run("echo", new { message = "?" }, seconds: 0.5);
        var next = await everything.Run("echo", new { message = "new" });

        silent.Reason!.Code.ShouldBe("timeout");
        next.Reason.ShouldBeNull();
        process.HasExited.ShouldBeTrue();
    }

    [McpFact]
    public async Task Should_not_be_called_where_it_is_no_more_what_was_described()
    {
        await using var everything = McpContext.Everything();
        var echo = await everything.Described("echo");
        var changed = echo with { Effect = Effect.Idempotent, Input = McpSchema.Input(default) };

        var failure = await Should.ThrowAsync<Executor.Tools.ToolException>(
            () => everything.Tool(changed).Invoke(new Executor.Tools.ToolCall("t", "s", "k", System.Text.Json.JsonSerializer.SerializeToElement(new { message = "hi" })), CancellationToken.None));

        (failure.Code, failure.Retryable, failure.OutcomeUnknown).ShouldBe(("mcp-tool-changed", false, false));
        failure.Message.ShouldContain("its effect was Idempotent and is None, its input has another schema");
    }

    private static async Task<StepOutcome> KilledIn(McpContext everything)
    {
        await everything.Tools();
        // What it reads of its own program at its first call is no call heard.
        await everything.Run("echo", new { message = "ready" });
        using var process = await everything.Process();
        var before = Heard(process.Id);
        var call = everything.Run("trigger-long-running-operation", Slow);
        await Eventually.True(() => Heard(process.Id) != before, TimeSpan.FromSeconds(20), "the server has heard the call");
        process.Kill();
        return await call;
    }

    private static string Heard(int process) => File.ReadLines($"/proc/{process}/io").First(line => line.StartsWith("rchar", StringComparison.Ordinal));
}
