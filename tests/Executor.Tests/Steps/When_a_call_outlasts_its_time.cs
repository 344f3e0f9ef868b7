using System.Text.Json;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Bidding;
using LoopBus.Executor.Resilience;
using LoopBus.Executor.Steps;
using LoopBus.Executor.Tests.Bus;
using LoopBus.Executor.Tools;
using LoopBus.Loops.Tools;
using LoopBus.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tests.Steps;

public sealed class When_a_call_outlasts_its_time : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    private readonly ManualTimeProvider _time = new();
    private readonly Journal _journal = new();
    private readonly ToolPipelines _pipelines;

    public When_a_call_outlasts_its_time() =>
        _pipelines = new ToolPipelines(Options.Create(new ResilienceOptions()), _time, NullLogger<ToolPipelines>.Instance);

    [Theory]
    [InlineData(Effect.Idempotent)]
    [InlineData(Effect.Irreversible)]
    public async Task Should_be_a_timeout_though_the_process_stood_still_for_longer_than_the_grace(Effect effect)
    {
        var call = Call(effect, "hang-before");
        await Eventually.True(() => _journal.Calls("key") == 1, Soon, "the tool is called");

        _time.StandStill(Limit + Grace);

        var run = await call;
        var reason = run.Known?.Reason ?? run.IfNot!;
        (reason.Code, reason.Retryable, run.Stopped).ShouldBe(("timeout", true, true));
    }

    [Fact]
    public async Task Should_not_count_as_ended_while_it_is_at_work()
    {
        var call = Call(Effect.Irreversible, "ignore-stop");
        await Eventually.True(() => _journal.Effects("key") == 1, Soon, "the tool is at work");

        _time.StandStill(Limit + Grace);
        await Eventually.True(() =>
        {
            _time.StandStill(Grace / 16);
            return call.IsCompleted;
        }, Soon, "the call is left");

        (await call).Stopped.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_leave_a_probe_that_does_not_end()
    {
        var probe = new EndlessProbe();
        var asked = Task.Run(() => Calls().Probe(Action(probe, Effect.Irreversible, "hang-before"), probe, CancellationToken.None));

        await Eventually.True(() =>
        {
            _time.StandStill(TimeSpan.FromSeconds(1));
            return asked.IsCompleted;
        }, Soon, "the probe is left");

        (await asked)!.End.ShouldBe(StepEnd.InDoubt);
    }

    public void Dispose()
    {
        _pipelines.Dispose();
        _journal.Dispose();
    }

    private Task<ToolRun> Call(Effect effect, string how)
    {
        var action = Action(new JournalTool(_journal, "test.tool", _time), effect, how);
        return Task.Run(() => Calls().Make(action, lease: null, CancellationToken.None));
    }

    private ToolCalls Calls() =>
        new(_pipelines, new TrackRecord(_time), Options.Create(new ExecutorOptions { StopGraceSeconds = Grace.TotalSeconds }), _time, NullLogger<ToolCalls>.Instance);

    private static StepAction Action(ITool tool, Effect effect, string how) =>
        new("task-1", "one", 1, tool, JournalTool.Describe(tool.Name, effect), JsonSerializer.SerializeToElement(new { how }), "hash", "key", Limit);

    private sealed class EndlessProbe : ITool, IProbe
    {
        public string Name => "test.endless";

        public Task<JsonElement> Invoke(ToolCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<JsonElement?> Probe(ToolCall call, CancellationToken cancellationToken) => new TaskCompletionSource<JsonElement?>().Task;
    }
}
