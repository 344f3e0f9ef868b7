using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Executor.Tests.Bus;

/// <summary>A real broker and database, executors as they run, and one who asks them and hears their answers.</summary>
public class ExecutorFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BrokerFixture _broker = new();
    private readonly DatabaseFixture _database = new();
    private readonly ConcurrentQueue<Answer> _heard = new();
    private readonly ConcurrentQueue<SegmentResult> _segments = new();
    private readonly ConcurrentQueue<Bid> _bids = new();
    private readonly List<ExecutorApp> _apps = [];
    private readonly string _files = Directory.CreateTempSubdirectory("loopbus-root-").FullName;
    private WebApplication _asker = null!;

    internal Journal Journal { get; } = new();

    internal CrashPoint Crash { get; } = new();

    public GrantSigner Signer { get; } = NewSigner();

    protected virtual bool StartsOne => true;

    public BrokerFixture Broker => _broker;

    public DatabaseFixture Database => _database;

    public string Files => _files;

    public Dictionary<string, string?> Settings => new([
        .. _broker.Settings,
        .. _database.Settings,
        new("LoopBus:Grants:PublicKey", Signer.PublicKey),
        new("LoopBus:Files:Root", _files),
        // Short, for stories wait for it; and longer than a busy machine stands still.
        new("LoopBus:Executor:LeaseSeconds", "2"),
        new("LoopBus:Executor:BusyPollSeconds", "0.1"),
        new("LoopBus:Executor:StopGraceSeconds", "0.2"),
    ]);

    public async Task InitializeAsync()
    {
        await Task.WhenAll(_broker.InitializeAsync(), _database.InitializeAsync());
        _asker = BuildAsker();
        await _asker.StartAsync();
        if (StartsOne)
            Start();
    }

    public async Task DisposeAsync()
    {
        foreach (var app in _apps)
            await app.DisposeAsync();

        await _asker.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
        Journal.Dispose();
        Signer.Dispose();
        Directory.Delete(_files, recursive: true);
    }

    /// <summary>One more executor on the same queue and database.</summary>
    internal ExecutorApp Start(params (string Key, string Value)[] settings)
    {
        var all = Settings;
        foreach (var (key, value) in settings)
            all[key] = value;

        var app = new ExecutorApp(all, Journal, Crash);
        _apps.Add(app);
        _ = app.Server;
        return app;
    }

    internal async Task Stop(ExecutorApp app)
    {
        _apps.Remove(app);
        await app.DisposeAsync();
    }

    public static GrantSigner NewSigner()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new GrantSigner(key.ExportPkcs8PrivateKeyPem());
    }

    public static ExecuteStep Step(string tool, string how = "well", int attempt = 1, double timeout = 20) =>
        StepWith(tool, new { how }, attempt, timeout);

    public static ExecuteStep StepWith(string tool, object arguments, int attempt = 1, double timeout = 20)
    {
        var task = $"task-{Guid.NewGuid():N}";
        var json = JsonSerializer.SerializeToElement(arguments);
        return new ExecuteStep(
            task, "one", attempt, "loop", tool, json, ActionHash.Of(task, "one", tool, json), IdempotencyKey.For(task, "one", tool), timeout);
    }

    public Grant GrantFor(ExecuteStep step, params string[] approvers)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Signer.Sign(new Grant(step.TaskId, step.StepId, step.ActionHash, approvers, now, now.AddHours(1), ""));
    }

    public Ruling RulingFor(ExecuteStep step, bool happened, object? output = null) =>
        Signer.Sign(new Ruling(
            step.TaskId, step.StepId, step.IdempotencyKey, happened, output is null ? null : JsonSerializer.SerializeToElement(output), "ada", TimeProvider.System.GetUtcNow(), ""));

    /// <summary>Asks, and waits for the next answer about that step.</summary>
    public async Task<Answer> Ask(ExecuteStep step)
    {
        var before = AnswersTo(step.TaskId).Count;
        await Say(new Request<ExecuteStep>(step));
        return (await AnswersTo(step.TaskId, before + 1)).Last();
    }

    public async Task<Answer> Ask(CompensateStep step)
    {
        var before = AnswersTo(step.TaskId).Count;
        await Say(new Request<CompensateStep>(step));
        return (await AnswersTo(step.TaskId, before + 1)).Last();
    }

    /// <summary>Steps one, two, three, ... of one run, each with its tool and its arguments as templates.</summary>
    public static ExecuteSegment Segment(params (string Tool, object Arguments)[] steps)
    {
        var task = $"task-{Guid.NewGuid():N}";
        string[] names = ["one", "two", "three", "four", "five"];
        var empty = JsonSerializer.SerializeToElement(new { });

        return new ExecuteSegment(task, "one", "loop", JsonSerializer.SerializeToElement(new { word = "hello" }), empty,
            [.. steps.Select((step, i) => new SegmentStep(names[i], 1, step.Tool, JsonSerializer.SerializeToElement(step.Arguments), IdempotencyKey.For(task, names[i], step.Tool), 20))],
            BurstSeconds: 60);
    }

    /// <summary>A step of a segment as it would be asked alone.</summary>
    public static ExecuteStep Alone(ExecuteSegment segment, int index, object arguments, int attempt = 1)
    {
        var (step, json) = (segment.Steps[index], JsonSerializer.SerializeToElement(arguments));
        return new ExecuteStep(
            segment.TaskId, step.StepId, attempt, "loop", step.Tool, json, ActionHash.Of(segment.TaskId, step.StepId, step.Tool, json), step.IdempotencyKey, 20);
    }

    public async Task<SegmentResult> Ask(ExecuteSegment segment, Guid? conversation = null)
    {
        var before = ResultsOf(segment).Count;
        await Say(new Request<ExecuteSegment>(segment), conversation: conversation);
        return (await ResultsOf(segment, before + 1)).Last();
    }

    public List<SegmentResult> ResultsOf(ExecuteSegment segment) => [.. _segments.Where(result => result.TaskId == segment.TaskId)];

    public async Task<List<SegmentResult>> ResultsOf(ExecuteSegment segment, int count) =>
        await Eventually.Value(
            () => Task.FromResult(ResultsOf(segment) is var results && results.Count >= count ? results : null), Patience, $"{count} results of {segment.TaskId}");

    /// <summary>Cancels the segment of a conversation, and waits until that is kept.</summary>
    public async Task Halt(ExecuteSegment segment, Guid conversation)
    {
        await Say(new Cancel<ExecuteSegment>(segment with { Steps = [] }, "the test"), conversation: conversation);
        await Eventually.True(
            async () => await _database.Count($"executor.halt where conversation_id = '{conversation}'") == 1, Patience, "the cancel is kept");
    }

    public static CompensateStep UndoOf(ExecuteStep step, string tool, object? arguments = null) =>
        new(step.TaskId, step.StepId, 1, step.Loop, tool, JsonSerializer.SerializeToElement(arguments ?? new { how = "well" }), IdempotencyKey.For(step.TaskId, step.StepId, "compensate"), 20);

    /// <summary>Announces a step, and waits for so many bids.</summary>
    public async Task<List<Bid>> Announce(ExecuteStep step, int bids)
    {
        await Say(new CallForProposal<ExecuteStep>(step));
        return await Eventually.Value(
            () => Task.FromResult(_bids.Where(bid => bid.TaskId == step.TaskId).OrderBy(bid => bid.Executor).ToList() is var made && made.Count >= bids ? made : null),
            Patience, $"{bids} bids for {step.TaskId}");
    }

    /// <summary>Awards a step, and waits for the next answer about it.</summary>
    public async Task<Answer> Award(string executor, ExecuteStep step, TimeSpan? within = null)
    {
        var before = AnswersTo(step.TaskId).Count;
        await _asker.Services.GetRequiredService<IBus>().Tell(
            new Uri($"exchange:{executor}"),
            new AcceptProposal<Bid>(new Bid(step.TaskId, step.StepId, step.Attempt, executor, 0, 1, Action: step)),
            new AclParameters { ConversationId = Guid.NewGuid(), Protocol = Protocols.ContractNet, ReplyBy = TimeProvider.System.GetUtcNow() + (within ?? Patience) });
        return (await AnswersTo(step.TaskId, before + 1)).Last();
    }

    public Task Say<T>(T act, Guid? messageId = null, Guid? conversation = null)
        where T : class =>
        _asker.Services.GetRequiredService<IBus>().Say(act, new AclParameters { ConversationId = conversation ?? Guid.NewGuid(), ReplyWith = "step-one", MessageId = messageId });

    /// <summary>Says it as soon as an executor's queue is there.</summary>
    public Task SayWhenHeard<T>(T act)
        where T : class =>
        Eventually.Value<object>(
            async () =>
            {
                await Say(act);
                return act;
            },
            Patience,
            "an executor listens");

    public List<Answer> AnswersTo(string task) => [.. _heard.Where(answer => answer.TaskId == task)];

    public async Task<List<Answer>> AnswersTo(string task, int count) =>
        await Eventually.Value(
            () => Task.FromResult(AnswersTo(task) is var answers && answers.Count >= count ? answers : null), Patience, $"{count} answers about {task}");

    public async Task<string?> StateOf(string key) => (string?)await _database.Scalar($"select state from executor.effect where \"key\" = '{key}'");

    public Task UntilState(string key, string state) =>
        Eventually.True(async () => await StateOf(key) == state, Patience, $"effect {key} is {state}");

    private WebApplication BuildAsker()
    {
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0"], "coordinator", 0);
        builder.Configuration.AddInMemoryCollection(_broker.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(_heard);
        builder.Services.AddSingleton(_segments);
        builder.Services.AddSingleton(_bids);
        builder.AddServiceBus(consumers => consumers.AddConsumer<Listener, ListenerDefinition>(), (_, _) => { });
        return builder.Build();
    }
}
