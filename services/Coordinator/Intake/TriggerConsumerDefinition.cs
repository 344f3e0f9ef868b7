using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Coordinator.Intake;

internal sealed class TriggerConsumerDefinition : ConsumerDefinition<TriggerConsumer>
{
    public const string Queue = "trigger";

    public TriggerConsumerDefinition() => EndpointName = Queue;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TriggerConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.UseRawMessages();
}
