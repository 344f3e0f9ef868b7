using MassTransit;

namespace LoopBus.Executor.Bidding;

/// <summary>What makes an executor a participant of the contract net.</summary>
internal static class BiddingRegistration
{
    public static void AddBidding(this IRegistrationConfigurator consumers)
    {
        consumers.AddConsumer<StepAnnouncedConsumer, ExecutorConsumer<StepAnnouncedConsumer>>();
        consumers.AddConsumer<BidAcceptedConsumer, ExecutorConsumer<BidAcceptedConsumer>>();
        consumers.AddConsumer<BidRejectedConsumer, ExecutorConsumer<BidRejectedConsumer>>();
    }
}
