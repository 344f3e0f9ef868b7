using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Approval.DeadLetters;

/// <summary>The queue that every message enters that no service could handle, whatever it is.</summary>
internal sealed class DeadLetterIntakeEndpoint : ConsumerDefinition<KeepDeadLetterConsumer>
{
    public DeadLetterIntakeEndpoint() => EndpointName = Hosting.DeadLetters.Intake;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<KeepDeadLetterConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseRawMessages();
}
