using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Executor.Tests.Tools.Http;
using LoopBus.Testing;
using Microsoft.AspNetCore.Http;

namespace LoopBus.Executor.Tests.Bus;

public sealed class When_the_process_stands_still(QuietExecutorFixture executor) : IClassFixture<QuietExecutorFixture>, IAsyncLifetime
{
    private readonly WebContext _http = new();

    public async Task InitializeAsync() => await _http.InitializeAsync();

    public async Task DisposeAsync() => await _http.DisposeAsync();

    [Fact]
    public async Task Should_not_make_a_call_that_another_was_let_repeat_meanwhile()
    {
        _http.Answer = context => context.Response.WriteAsync("done");
        var (first, step) = (Post(), Post());
        using var still = new ExecutorProcess(new Dictionary<string, string?>(Settings) { ["LoopBus:Executor:ExitAt"] = "before-call:1:stop" });
        // A process that has made a call makes the next one at once.
        await executor.SayWhenHeard(new Request<ExecuteStep>(first));
        await executor.AnswersTo(first.TaskId, 1);
        await executor.Say(new Request<ExecuteStep>(step));
        await Eventually.True(() => still.IsStopped, TimeSpan.FromSeconds(60), "it stands still before its call");

        using var other = new ExecutorProcess(Settings);
        // The broker goes on to give half of what is said to the one that stands still.
        (await Ask(step)).Code.ShouldBe("in-doubt");
        var ruled = step with { Attempt = 2, Ruling = executor.RulingFor(step, happened: false) };
        await Eventually.True(async () => (await Ask(ruled)).Act == "inform", TimeSpan.FromSeconds(60), "the other makes the call");
        still.Continue();
        await Eventually.True(async () => await executor.Broker.Ready("executor") == 0 && executor.AnswersTo(step.TaskId).Count >= said, TimeSpan.FromSeconds(60), "all is answered");

        _http.Heard.Count.ShouldBe(2);
    }

    private int said = 1;

    private ExecuteStep Post()
    {
        var step = ExecutorFixture.StepWith("http.request", new { method = "POST", url = _http.Address });
        return step with { Grant = executor.GrantFor(step, "ada") };
    }

    private async Task<Answer> Ask(ExecuteStep step)
    {
        var before = executor.AnswersTo(step.TaskId).Count;
        await Eventually.True(
            async () =>
            {
                said++;
                await executor.Say(new Request<ExecuteStep>(step));
                return await Heard(step.TaskId, before);
            },
            TimeSpan.FromSeconds(60),
            "the other answers");
        return executor.AnswersTo(step.TaskId)[^1];
    }

    private async Task<bool> Heard(string taskId, int before)
    {
        for (var look = 0; look < 20 && executor.AnswersTo(taskId).Count <= before; look++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        return executor.AnswersTo(taskId).Count > before;
    }

    private Dictionary<string, string?> Settings => new(executor.Settings)
    {
        ["LoopBus:Http:AllowedHosts:0"] = _http.Address.Authority,
        ["LoopBus:Http:AllowPrivate"] = "true",
    };
}
