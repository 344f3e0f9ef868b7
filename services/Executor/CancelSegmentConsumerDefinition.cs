using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor;

internal sealed class CancelSegmentConsumerDefinition : ConsumerDefinition<CancelSegmentConsumer>
{
    private readonly ExecutorOptions _options;

    public CancelSegmentConsumerDefinition(IOptions<ExecutorOptions> options)
    {
        _options = options.Value;
        EndpointName = "executor";
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CancelSegmentConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = _options.Prefetch;
        endpointConfigurator.ConcurrentMessageLimit = _options.Concurrency;
    }
}
