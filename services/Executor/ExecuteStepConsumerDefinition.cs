using MassTransit;
using Microsoft.Extensions.Options;

namespace LoopBus.Executor;

internal sealed class ExecuteStepConsumerDefinition : ConsumerDefinition<ExecuteStepConsumer>
{
    private readonly ExecutorOptions _options;

    public ExecuteStepConsumerDefinition(IOptions<ExecutorOptions> options)
    {
        _options = options.Value;
        EndpointName = "executor";
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ExecuteStepConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = _options.Prefetch;
        endpointConfigurator.ConcurrentMessageLimit = _options.Concurrency;
    }
}
