using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor;

/// <summary>Every consumer listens at the executor's one queue. Who has a kind hears of steps that are announced, and else only what is sent to it.</summary>
internal sealed class ExecutorConsumer<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly ExecutorOptions _options;

    public ExecutorConsumer(IOptions<ExecutorOptions> options)
    {
        _options = options.Value;
        EndpointName = _options.Queue;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = _options.Prefetch;
        endpointConfigurator.ConcurrentMessageLimit = _options.Concurrency;
        endpointConfigurator.ConfigureConsumeTopology = _options.Kind is null;
        if (_options.Kind is null || endpointConfigurator is not IRabbitMqReceiveEndpointConfigurator queue)
            return;

        queue.Bind(EntityNames.Of(typeof(CallForProposal<ExecuteStep>)));
        // The queue of a kind that there is no more would gather every call.
        queue.QueueExpiration = Forgotten;
    }
}
