using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Tests.Tools.Http;
using LoopBus.Testing;
using Microsoft.AspNetCore.Http;

namespace LoopBus.Executor.Tests.Bus;

public sealed class When_the_process_ends(QuietExecutorFixture executor) : IClassFixture<QuietExecutorFixture>, IAsyncLifetime
{
    private readonly WebContext _http = new();
    private readonly TaskCompletionSource _silence = new();

    public async Task InitializeAsync() => await _http.InitializeAsync();

    public async Task DisposeAsync()
    {
        _silence.TrySetResult();
        await _http.DisposeAsync();
    }

    [Fact]
    public async Task Should_not_send_a_second_time_what_may_have_been_heard()
    {
        _http.Answer = _ => _silence.Task;
        var step = Post();

        using (new ExecutorProcess(Settings))
            await Begin(step);

        using var next = new ExecutorProcess(Settings);
        var answer = (await executor.AnswersTo(step.TaskId, 1)).Single();
        answer.Code.ShouldBe("in-doubt");
        _http.Heard.Count.ShouldBe(1);

        _http.Answer = context => context.Response.WriteAsync("done");
        var ruled = await executor.Ask(step with { Attempt = 2, Ruling = executor.RulingFor(step, happened: false) });
        ruled.Act.ShouldBe("inform");
        _http.Heard.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_first_end_what_it_can()
    {
        _http.Answer = async context =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            await context.Response.WriteAsync("done");
        };
        var step = Post();
        using var process = new ExecutorProcess(Settings);
        await Begin(step);

        await process.Stop();

        (await executor.AnswersTo(step.TaskId, 1)).Single().Act.ShouldBe("inform");
        _http.Heard.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_leave_to_the_next_what_it_cannot_end_and_bury_nothing()
    {
        _http.Answer = _ => _silence.Task;
        var step = ExecutorFixture.StepWith("http.request", new { method = "GET", url = _http.Address });
        using var process = new ExecutorProcess(Settings);
        await Begin(step);

        await process.Stop();
        _http.Answer = context => context.Response.WriteAsync("done");
        using var next = new ExecutorProcess(Settings);

        (await executor.AnswersTo(step.TaskId, 1)).Single().Act.ShouldBe("inform");
        (await executor.Broker.Ready("dead-letter-intake")).ShouldBe(0u);
    }

    [Fact]
    public async Task Should_go_on_in_the_middle_of_a_segment()
    {
        _http.Answer = _ => _silence.Task;
        var segment = ExecutorFixture.Segment(
            ("file.write", new { path = "{{ input.word }}.txt", content = "a" }),
            ("file.read", new { path = "{{ steps.one.output.path }}" }),
            ("http.request", new { method = "GET", url = _http.Address }),
            ("file.write", new { path = "b.txt", content = "answered {{ steps.three.output.status }}" }));

        using (new ExecutorProcess(Settings))
        {
            await executor.SayWhenHeard(new Request<ExecuteSegment>(segment));
            await Eventually.True(() => _http.Heard.Count == 1, TimeSpan.FromSeconds(60), "the third step is at work");
        }

        _http.Answer = context => context.Response.WriteAsync("done");
        using var next = new ExecutorProcess(Settings);
        var result = (await executor.ResultsOf(segment, 1)).Single();
        result.Steps.Select(report => (report.Performative, report.FromLedger)).ShouldBe([("inform", true), ("inform", true), ("inform", false), ("inform", false)]);
        (await File.ReadAllTextAsync(Path.Combine(executor.Files, "b.txt"))).ShouldBe("answered 200");
    }

    private Dictionary<string, string?> Settings => new(executor.Settings)
    {
        ["LoopBus:Http:AllowedHosts:0"] = _http.Address.Authority,
        ["LoopBus:Http:AllowPrivate"] = "true",
        ["LoopBus:Executor:ShutdownSeconds"] = "5",
    };

    private ExecuteStep Post()
    {
        var step = ExecutorFixture.StepWith("http.request", new { method = "POST", url = _http.Address });
        return step with { Grant = executor.GrantFor(step, "ada") };
    }

    private async Task Begin(ExecuteStep step)
    {
        await executor.SayWhenHeard(new Request<ExecuteStep>(step));
        await Eventually.True(() => _http.Heard.Count == 1, TimeSpan.FromSeconds(60), "the request is on its way");
    }
}
