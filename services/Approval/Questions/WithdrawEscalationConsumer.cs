using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Approval.Questions;

/// <summary>Takes a stuck run back, by the cancel meta-protocol: whether it was open or not, nobody is asked any more, and inform says so.</summary>
internal sealed class WithdrawEscalationConsumer(QuestionDesk desk, TimeProvider clock) : IConsumer<Cancel<Escalation>>
{
    public async Task Consume(ConsumeContext<Cancel<Escalation>> context)
    {
        await desk.Withdraw(context, QuestionOf.Escalation(context.Message.Content, context.Acl(), clock.GetUtcNow()), context.Message.Reason);
        await context.Reply(new Inform<Escalation>(context.Message.Content));
    }
}
