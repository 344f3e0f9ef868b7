using LoopBus.Approval.DeadLetters;
using LoopBus.Approval.Questions;
using MassTransit;

namespace LoopBus.Approval;

/// <summary>Everything that the service hears.</summary>
internal static class ApprovalConsumers
{
    public static void AddTo(IBusRegistrationConfigurator bus)
    {
        Add<AskGatedActionConsumer>(bus);
        Add<AskEscalationConsumer>(bus);
        Add<AskEffectConsumer>(bus);
        Add<WithdrawGatedActionConsumer>(bus);
        Add<WithdrawEscalationConsumer>(bus);
        Add<WithdrawEffectConsumer>(bus);
        Add<ExpireQuestionConsumer>(bus);
        Add<SettleDeadLetterConsumer>(bus);
        bus.AddConsumer<KeepDeadLetterConsumer, DeadLetterIntakeEndpoint>();
    }

    private static void Add<TConsumer>(IBusRegistrationConfigurator bus)
        where TConsumer : class, IConsumer => bus.AddConsumer<TConsumer, ApprovalEndpoint<TConsumer>>();
}
