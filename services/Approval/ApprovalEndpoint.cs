using MassTransit;

namespace LoopBus.Approval;

/// <summary>All that people are asked, and what the service tells itself, comes in one queue.</summary>
internal sealed class ApprovalEndpoint<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    public ApprovalEndpoint() => EndpointName = "approval";
}
