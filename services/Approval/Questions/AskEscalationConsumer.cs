using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Approval;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Approval.Questions;

/// <summary>Takes a stuck run in for people.</summary>
internal sealed class AskEscalationConsumer(QuestionDesk desk, TimeProvider clock) : IConsumer<Propose<Escalation>>
{
    public Task Consume(ConsumeContext<Propose<Escalation>> context) =>
        desk.Ask(context, QuestionOf.Escalation(context.Message.Content, context.Acl(), clock.GetUtcNow()));
}
