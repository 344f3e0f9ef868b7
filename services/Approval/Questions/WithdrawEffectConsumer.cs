using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Approval.Questions;

/// <summary>Takes an effect in doubt back, by the cancel meta-protocol: whether it was open or not, nobody is asked any more, and inform says so.</summary>
internal sealed class WithdrawEffectConsumer(QuestionDesk desk, TimeProvider clock) : IConsumer<Cancel<EffectHappened>>
{
    public async Task Consume(ConsumeContext<Cancel<EffectHappened>> context)
    {
        await desk.Withdraw(context, QuestionOf.Doubt(context.Message.Content, context.Acl(), clock.GetUtcNow()), context.Message.Reason);
        await context.Reply(new Inform<EffectHappened>(context.Message.Content));
    }
}
