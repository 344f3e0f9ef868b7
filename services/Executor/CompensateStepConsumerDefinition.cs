using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor;

internal sealed class CompensateStepConsumerDefinition : ConsumerDefinition<CompensateStepConsumer>
{
    private readonly ExecutorOptions _options;

    public CompensateStepConsumerDefinition(IOptions<ExecutorOptions> options)
    {
        _options = options.Value;
        EndpointName = "executor";
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CompensateStepConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = _options.Prefetch;
        endpointConfigurator.ConcurrentMessageLimit = _options.Concurrency;
    }
}
