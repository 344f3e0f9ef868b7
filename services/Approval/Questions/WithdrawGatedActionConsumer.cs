using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Approval.Questions;

/// <summary>Takes a gated action back, by the cancel meta-protocol: whether it was open or not, nobody is asked any more, and inform says so.</summary>
internal sealed class WithdrawGatedActionConsumer(QuestionDesk desk, TimeProvider clock) : IConsumer<Cancel<GatedAction>>
{
    public async Task Consume(ConsumeContext<Cancel<GatedAction>> context)
    {
        await desk.Withdraw(context, QuestionOf.Action(context.Message.Content, context.Acl(), clock.GetUtcNow()), context.Message.Reason);
        await context.Reply(new Inform<GatedAction>(context.Message.Content));
    }
}
