using MassTransit;

namespace LoopBus.Hosting.Tests;

internal sealed class RawConsumerDefinition : ConsumerDefinition<RawConsumer>
{
    public RawConsumerDefinition() => EndpointName = "trigger";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<RawConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.UseRawMessages();
}
