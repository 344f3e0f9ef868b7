using System.Text.Json;
using LoopBus.Executor.Bidding;
using LoopBus.Executor.Resilience;
using LoopBus.Executor.Steps;
using LoopBus.Executor.Tests.Tools.Http;
using LoopBus.Executor.Tools.Http;
using LoopBus.Hosting.Web;
using LoopBus.Loops.Tools;
using LoopBus.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor.Tests.Resilience;

public sealed class When_a_target_keeps_failing : IAsyncLifetime
{
    private readonly WebContext _http = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ResilienceOptions _options = new() { Retries = 0, BreakerMinimumCalls = 2, BreakerCooldownSeconds = 15 };
    private GuardedWeb _web = null!;
    private HttpCaller _caller = null!;

    public async Task InitializeAsync()
    {
        await _http.InitializeAsync();
        var options = Options.Create(_http.Allowing("127.0.0.1:*", "localhost:*"));
        _web = new GuardedWeb(options);
        _caller = new HttpCaller(_web, options);
        Fail();
    }

    public async Task DisposeAsync()
    {
        _web.Dispose();
        await _http.DisposeAsync();
    }

    [Fact]
    public async Task Should_hold_calls_back_for_a_while_and_then_let_one_probe()
    {
        using var pipelines = new ToolPipelines(Options.Create(_options), _time, NullLogger<ToolPipelines>.Instance);
        await Call(pipelines, "GET");
        await Call(pipelines, "GET");

        (await Call(pipelines, "GET")).Reason!.Code.ShouldBe("circuit-open");
        _http.Heard.Count.ShouldBe(2);

        _time.Advance(TimeSpan.FromSeconds(16));
        _http.Answer = context => context.Response.WriteAsync("well again");
        (await Call(pipelines, "GET")).End.ShouldBe(StepEnd.Done);
        (await Call(pipelines, "GET")).End.ShouldBe(StepEnd.Done);
    }

    [Fact]
    public async Task Should_open_for_that_target_alone()
    {
        using var pipelines = new ToolPipelines(Options.Create(_options), _time, NullLogger<ToolPipelines>.Instance);
        await Call(pipelines, "GET");
        await Call(pipelines, "GET");

        var other = await Call(pipelines, "GET", new UriBuilder(_http.Address) { Host = "localhost" }.Uri);

        other.Reason!.Code.ShouldBe("http-server-error");
    }

    [Fact]
    public async Task Should_not_count_what_the_caller_did_wrong()
    {
        using var pipelines = new ToolPipelines(Options.Create(_options), _time, NullLogger<ToolPipelines>.Instance);
        _http.Answer = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };

        for (var call = 0; call < 5; call++)
            (await Call(pipelines, "GET")).Reason!.Code.ShouldBe("http-client-error");
    }

    [Theory]
    [InlineData("GET", 3)]
    [InlineData("POST", 1)]
    public async Task Should_try_again_only_what_has_no_effect(string method, int heard)
    {
        (_options.Retries, _options.BreakerMinimumCalls) = (2, 100);
        _options.RetryDelaySeconds = 0.01;
        using var pipelines = new ToolPipelines(Options.Create(_options), TimeProvider.System, NullLogger<ToolPipelines>.Instance);

        await Call(pipelines, method);

        _http.Heard.Count.ShouldBe(heard);
    }

    [Fact]
    public async Task Should_turn_away_what_would_wait_too_long_for_its_turn()
    {
        (_options.BulkheadCalls, _options.BulkheadQueue) = (1, 0);
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        _http.Answer = async context =>
        {
            inside.SetResult();
            await leave.Task;
            await context.Response.WriteAsync("done");
        };
        using var pipelines = new ToolPipelines(Options.Create(_options), _time, NullLogger<ToolPipelines>.Instance);

        var first = Call(pipelines, "GET");
        await inside.Task;
        var second = await Call(pipelines, "GET");
        leave.SetResult();

        (second.Reason!.Code, second.Reason.Retryable).ShouldBe(("too-busy", true));
        (await first).End.ShouldBe(StepEnd.Done);
    }

    private void Fail() => _http.Answer = context =>
    {
        context.Response.StatusCode = 500;
        return Task.CompletedTask;
    };

    private async Task<StepOutcome> Call(ToolPipelines pipelines, string method, Uri? url = null)
    {
        var calls = new ToolCalls(pipelines, new TrackRecord(_time), Options.Create(new ExecutorOptions()), _time, NullLogger<ToolCalls>.Instance);
        var arguments = JsonSerializer.SerializeToElement(new { method, url = url ?? _http.Address });
        var action = new StepAction(
            "task-1", "one", 1, new HttpRequestTool(_caller), ToolCatalogue.BuiltIn.Find("http.request")!, arguments, "hash", "key", TimeSpan.FromSeconds(10));
        var run = await calls.Make(action, lease: null, CancellationToken.None);
        return run.Known ?? StepOutcome.InDoubt(run.Unknown!);
    }
}
