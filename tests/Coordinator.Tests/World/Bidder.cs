using System.Collections.Concurrent;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Compensation;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using LoopBus.Testing;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoopBus.Coordinator.Tests.World;

/// <summary>An executor of some kind, on a bus of its own, that the test plays: null is silence.</summary>
internal sealed class Bidder(string name) : IAsyncDisposable
{
    private WebApplication? app;

    public Func<ExecuteStep, decimal?> Price { get; set; } = _ => null;

    public Func<ExecuteStep, object?> Does { get; set; } = step => Roles.Done(step, """{ "backup": null }""");

    public ConcurrentQueue<ExecuteStep> Awarded { get; } = new();

    public ConcurrentQueue<ExecuteStep> Asked { get; } = new();

    public ConcurrentQueue<(Bid Bid, Reason Reason)> Rejected { get; } = new();

    public ConcurrentQueue<string> Undone { get; } = new();

    public async Task Start(BrokerFixture broker)
    {
        var builder = ServiceHost.CreateBuilder([], name, 0);
        builder.Configuration.AddInMemoryCollection(broker.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(this);
        builder.AddServiceBus(bus => bus.AddConsumer<BidderRole, BidderDefinition>(), (_, _) => { });
        app = builder.Build();
        await app.StartAsync();
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;
}

internal sealed class BidderRole(Bidder bidder, ServiceIdentity identity) :
    IConsumer<CallForProposal<ExecuteStep>>, IConsumer<AcceptProposal<Bid>>, IConsumer<RejectProposal<Bid>>, IConsumer<Request<ExecuteStep>>,
    IConsumer<Request<CompensateStep>>
{
    public Task Consume(ConsumeContext<CallForProposal<ExecuteStep>> context)
    {
        var step = context.Message.Content;

        return bidder.Price(step) is { } price
            ? context.Reply(new Propose<Bid>(new Bid(step.TaskId, step.StepId, step.Attempt, identity.Name, 0, 0.5, price)))
            : context.Reply(new Refuse<ExecuteStep>(step, new Reason("unknown-tool", "It has no such tool.")));
    }

    public Task Consume(ConsumeContext<AcceptProposal<Bid>> context) => Answer(context, bidder.Awarded, context.Message.Content.Action!);

    public Task Consume(ConsumeContext<Request<ExecuteStep>> context) => Answer(context, bidder.Asked, context.Message.Content);

    public Task Consume(ConsumeContext<RejectProposal<Bid>> context)
    {
        bidder.Rejected.Enqueue((context.Message.Content, context.Message.Reason));

        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<Request<CompensateStep>> context)
    {
        var undo = context.Message.Content;
        bidder.Undone.Enqueue(undo.StepId);

        return context.Reply(new Inform<StepCompensated>(new StepCompensated(undo.TaskId, undo.StepId, undo.Attempt, Runs.Story.Json("{}"))));
    }

    private Task Answer(ConsumeContext context, ConcurrentQueue<ExecuteStep> heard, ExecuteStep step)
    {
        heard.Enqueue(step);

        return bidder.Does(step) switch
        {
            Inform<StepResult> done => context.Reply(done),
            Failure<ExecuteStep> failure => context.Reply(failure),
            _ => Task.CompletedTask,
        };
    }
}

internal sealed class BidderDefinition : ConsumerDefinition<BidderRole>
{
    public BidderDefinition(ServiceIdentity identity) => EndpointName = identity.Name;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<BidderRole> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.ConfigureConsumeTopology = false;
        ((IRabbitMqReceiveEndpointConfigurator)endpointConfigurator).Bind(EntityNames.Of(typeof(CallForProposal<ExecuteStep>)));
    }
}
