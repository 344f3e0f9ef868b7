using System.Diagnostics;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Hosting.Tests;

public sealed partial class When_a_run_goes_from_service_to_service(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task Should_be_one_trace()
    {
        var heard = new Heard<Trace>();
        await using var executor = await Executor(heard);
        await using var coordinator = await Coordinator(heard);
        using var run = new Activity("run") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        await coordinator.Bus.Say(new Request<ExecuteStep>(Steps.Step()), new AclParameters());
        run.Stop();

        await Eventually.True(() => heard.All.Count == 2, TimeSpan.FromSeconds(30), "both services hear");
        heard.All.ShouldAllBe(trace => trace.TraceId == run.TraceId.ToString());
    }

    [Fact]
    public async Task Should_stay_one_trace_where_another_sends_what_waited()
    {
        var heard = new Heard<Trace>();
        await using var executor = await Executor(heard);
        await using var coordinator = await Coordinator(heard);
        const string said = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Activity.Current = null;

        await coordinator.Bus.Publish(new Request<ExecuteStep>(Steps.Step()), context => context.Headers.Set("traceparent", said));

        // A row whose first send failed is left to its process for one lease, 30 s, before another sends it.
        await Eventually.True(() => heard.All.Count == 2, TimeSpan.FromSeconds(90), "both services hear");
        heard.All.ShouldAllBe(trace => said.Contains(trace.TraceId));
    }

    [Fact]
    public async Task Should_say_the_run_in_every_log_line_of_a_consumer()
    {
        var heard = new Heard<Trace>();
        var lines = new Heard<string>();
        await using var executor = await Executor(heard, lines);
        await using var coordinator = await Coordinator(heard);
        var conversation = Guid.NewGuid();

        await coordinator.Bus.Say(new Request<ExecuteStep>(Steps.Step("task-11")), new AclParameters { ConversationId = conversation });

        var line = await lines.One();
        line.ShouldContain("run=task-11");
        line.ShouldContain($"conversation={conversation}");
        line.ShouldContain("performative=request");
    }

    [Fact]
    public async Task Should_keep_the_parameters_of_one_message_from_the_next()
    {
        var heard = new Heard<Trace>();
        await using var executor = await Executor(heard);
        await using var coordinator = await Coordinator(heard);
        var answers = await broker.Bind("inform.step-result");
        var conversation = Guid.NewGuid();

        await coordinator.Bus.Say(
            new Request<ExecuteStep>(Steps.Step("task-12")),
            new AclParameters { ConversationId = conversation, Protocol = "fipa-request", Receiver = "executor", ReplyBy = DateTimeOffset.UnixEpoch, ReplyWith = "r-1" });

        var answer = await broker.Next(answers);
        answer.Header("performative").ShouldBe("inform");
        answer.Header("sender").ShouldBe("executor");
        answer.Header("conversation-id").ShouldBe(conversation.ToString());
        answer.Header("protocol").ShouldBe("fipa-request");
        answer.Header("loopbus-run").ShouldBe("task-12");
        answer.Header("receiver").ShouldBeNull();
        answer.Header("reply-by").ShouldBeNull();
        answer.Header("reply-with").ShouldBe(answer.BasicProperties.MessageId);
    }

    private Task<ServiceUnderTest> Executor(Heard<Trace> heard, Heard<string>? lines = null) => ServiceUnderTest.Start(
        broker,
        "executor",
        bus => bus.AddConsumer<PublishingConsumer>().Endpoint(endpoint => endpoint.Name = "executor"),
        builder =>
        {
            builder.Services.AddSingleton(heard);
            if (lines is not null)
                builder.Logging.AddProvider(new ScopedLines(lines));
        });

    private Task<ServiceUnderTest> Coordinator(Heard<Trace> heard) => ServiceUnderTest.Start(
        broker,
        "coordinator",
        bus => bus.AddConsumer<ResultConsumer>().Endpoint(endpoint => endpoint.Name = "coordinator"),
        builder => builder.Services.AddSingleton(heard));

    private sealed record Trace(string TraceId);

    private sealed partial class PublishingConsumer(Heard<Trace> heard, ILogger<PublishingConsumer> logger) : IConsumer<Request<ExecuteStep>>
    {
        public async Task Consume(ConsumeContext<Request<ExecuteStep>> context)
        {
            Executing(logger);
            heard.Add(new Trace(Activity.Current!.TraceId.ToString()));
            await context.Publish(new Inform<StepResult>(Steps.Result(context.Message.Content)));
        }

        [LoggerMessage(1, LogLevel.Information, "executing")]
        private static partial void Executing(ILogger logger);
    }

    private sealed class ResultConsumer(Heard<Trace> heard) : IConsumer<Inform<StepResult>>
    {
        public Task Consume(ConsumeContext<Inform<StepResult>> context)
        {
            heard.Add(new Trace(Activity.Current!.TraceId.ToString()));
            return Task.CompletedTask;
        }
    }

    private sealed class ScopedLines(Heard<string> lines) : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception) != "executing")
                return;

            var scopes = new List<string>();
            _scopes.ForEachScope((scope, all) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> pairs)
                    all.AddRange(pairs.Select(pair => $"{pair.Key}={pair.Value}"));
            }, scopes);
            lines.Add(string.Join(' ', scopes));
        }

        public void Dispose()
        {
        }
    }
}
