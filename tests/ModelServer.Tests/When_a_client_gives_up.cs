using LoopBus.ModelServer.Calls;
using LoopBus.ModelServer.Scripts;
using LoopBus.Testing;
using OpenAI.Chat;

namespace LoopBus.ModelServer.Tests;

public sealed class When_a_client_gives_up
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_let_a_late_call_go()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(new Reply { Text = "late", Delay = 300_000 })));
        using var patience = new CancellationTokenSource();
        var openAi = host.OpenAi().Ask("Hello", patience.Token);
        var claude = host.Claude().Ask("Hello", patience.Token);
        await Eventually.True(() => host.Journal.Calls.Count == 2, Deadline, "both calls have come");

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => openAi);
        await Should.ThrowAsync<OperationCanceledException>(() => claude);
        await Eventually.True(() => host.Journal.Calls.All(call => call.Ending == Ending.Gone), Deadline, "the server saw them go");
        host.Journal.Calls.ShouldAllBe(call => call.Status == null);
    }

    [Fact]
    public async Task Should_let_a_stream_go_in_its_middle()
    {
        await using var host = await ModelHost.Start(Script.Of(Rule.Always(new Reply { Text = new string('x', 1000), Pause = 100 })));
        using var patience = new CancellationTokenSource();
        var pieces = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in host.OpenAi().CompleteChatStreamingAsync([new UserChatMessage("Hello")], cancellationToken: patience.Token))
            {
                if (++pieces == 3)
                    await patience.CancelAsync();
            }
        });

        pieces.ShouldBe(3);
        await Eventually.True(() => host.Journal.Calls.Single().Ending == Ending.Gone, Deadline, "the server saw it go");
    }

    [Fact]
    public async Task Should_cut_off_a_call_that_hangs_longer_than_the_limit()
    {
        var silent = Script.Of(Rule.Misbehaving(Misbehaviours.Silent));
        await using var host = await ModelHost.Start(silent, new ModelHostOptions { HangLimit = TimeSpan.FromMilliseconds(100) });

        await Should.ThrowAsync<Exception>(() => host.Claude().Ask("Hello"));

        host.Journal.Calls.Single().Ending.ShouldBe(Ending.Hung);
    }

    [Fact]
    public async Task Should_hold_many_slow_calls_on_few_threads()
    {
        const int Many = 64;
        await using var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.Silent)));
        using var patience = new CancellationTokenSource();
        var before = ThreadPool.ThreadCount;

        var calls = Enumerable.Range(0, Many).Select(number => host.OpenAi().Ask($"Hello {number}", patience.Token)).ToArray();
        await Eventually.True(() => host.Journal.Calls.Count(call => call.Ending == Ending.Open) == Many, Deadline, "all calls wait at once");

        (ThreadPool.ThreadCount - before).ShouldBeLessThan(Many / 2);
        await patience.CancelAsync();
        foreach (var call in calls)
            await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Should_end_with_calls_that_hang()
    {
        var host = await ModelHost.Start(Script.Of(Rule.Misbehaving(Misbehaviours.Silent)));
        var call = host.Claude().Ask("Hello");
        await Eventually.True(() => host.Journal.Calls.Count == 1, Deadline, "the call has come");

        await host.DisposeAsync();

        await Should.ThrowAsync<Exception>(() => call);
    }
}
