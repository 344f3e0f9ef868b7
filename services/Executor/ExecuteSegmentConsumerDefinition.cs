using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor;

internal sealed class ExecuteSegmentConsumerDefinition : ConsumerDefinition<ExecuteSegmentConsumer>
{
    private readonly ExecutorOptions _options;

    public ExecuteSegmentConsumerDefinition(IOptions<ExecutorOptions> options)
    {
        _options = options.Value;
        EndpointName = "executor";
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ExecuteSegmentConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = _options.Prefetch;
        endpointConfigurator.ConcurrentMessageLimit = _options.Concurrency;
    }
}
