using System.Collections.Concurrent;
using System.Text.Json;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Contracts.DeadLetters;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using LoopBus.Loops;
using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Approval.Tests.Stage;

/// <summary>Stands where the coordinator does: asks over the bus, and keeps every answer.</summary>
internal sealed class Asker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly WebApplication app;

    private Asker(WebApplication app) => this.app = app;

    public static async Task<Asker> Start(BrokerFixture broker)
    {
        var builder = ServiceHost.CreateBuilder(["--urls=http://127.0.0.1:0"], "coordinator", 0);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(broker.Settings);
        builder.Services.AddSingleton<Answered>();
        builder.AddServiceBus(
            bus =>
            {
                Hear<AcceptProposal<GatedAction>>(bus);
                Hear<RejectProposal<GatedAction>>(bus);
                Hear<Inform<GatedAction>>(bus);
                Hear<AcceptProposal<Escalation>>(bus);
                Hear<RejectProposal<Escalation>>(bus);
                Hear<Inform<Escalation>>(bus);
                Hear<Confirm<EffectHappened>>(bus);
                Hear<Disconfirm<EffectHappened>>(bus);
                Hear<Inform<EffectHappened>>(bus);
                Hear<Inform<MessageDeadLettered>>(bus);
            },
            (_, _) => { });
        var started = builder.Build();
        await started.StartAsync();
        return new Asker(started);
    }

    public Task Say<T>(T act, Guid conversation, string replyWith = "q1")
        where T : class =>
        app.Services.GetRequiredService<IBus>().Say(act, new AclParameters
        {
            ConversationId = conversation,
            Protocol = act is QueryIf<EffectHappened> ? Protocols.Query : Protocols.Propose,
            ReplyWith = replyWith,
        });

    /// <summary>Proposes an action, and waits until its form is there.</summary>
    public async Task<Guid> Propose(ApprovalSite site, GatedAction action)
    {
        var conversation = Guid.NewGuid();
        await Say(new Propose<GatedAction>(action), conversation);
        await site.Has(conversation);
        return conversation;
    }

    public static GatedAction Action(string taskId, int quorum = 1, TimeSpan? expiry = null, BlastRadius radius = BlastRadius.Low)
    {
        var arguments = JsonSerializer.SerializeToElement(new { repository = "/srv/shop", notes = new[] { new { path = "a.cs", line = 3 } } });
        return new GatedAction(
            taskId, "post", "code-review", "review.post_notes", arguments, ActionHash.Of(taskId, "post", "review.post_notes", arguments),
            Effect.Irreversible, radius, quorum, TimeProvider.System.GetUtcNow() + (expiry ?? TimeSpan.FromHours(1)), $"Post the notes of {taskId}", null,
            [new TrailEntry(TimeProvider.System.GetUtcNow(), "planned", "4 steps")]);
    }

    /// <summary>The answers of a type in a conversation, once there are as many as expected.</summary>
    public async Task<Said<T>> Answer<T>(Guid conversation)
        where T : class
    {
        var said = app.Services.GetRequiredService<Answered>();
        return await Eventually.Value(
            () => Task.FromResult(said.All.OfType<Said<T>>().FirstOrDefault(answer => answer.Acl.ConversationId == conversation)),
            Patience,
            $"{EntityNames.Of(typeof(T))} in conversation {conversation}");
    }

    public IReadOnlyList<Said> Answers(Guid conversation) =>
        [.. app.Services.GetRequiredService<Answered>().All.Where(answer => answer.Acl.ConversationId == conversation)];

    public async Task<T> Heard<T>(Func<T, bool> fits, string what)
        where T : class
    {
        var said = app.Services.GetRequiredService<Answered>();
        return await Eventually.Value(
            () => Task.FromResult(said.All.OfType<Said<T>>().Select(answer => answer.Act).FirstOrDefault(fits)), Patience, what);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static void Hear<T>(IBusRegistrationConfigurator bus)
        where T : class => bus.AddConsumer<Ear<T>, EarDefinition<T>>();

    private sealed class Answered
    {
        public ConcurrentQueue<Said> All { get; } = [];
    }

    private sealed class Ear<T>(Answered answered) : IConsumer<T>
        where T : class
    {
        public Task Consume(ConsumeContext<T> context)
        {
            answered.All.Enqueue(new Said<T>(context.Message, context.Acl()));
            return Task.CompletedTask;
        }
    }

    private sealed class EarDefinition<T> : ConsumerDefinition<Ear<T>>
        where T : class
    {
        public EarDefinition() => EndpointName = "coordinator";
    }
}

internal abstract record Said(AclParameters Acl);

internal sealed record Said<T>(T Act, AclParameters Acl) : Said(Acl);
