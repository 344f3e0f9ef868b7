using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using MassTransit;

namespace LoopBus.Approval.Questions;

/// <summary>Takes an effect in doubt in for people.</summary>
internal sealed class AskEffectConsumer(QuestionDesk desk, TimeProvider clock) : IConsumer<QueryIf<EffectHappened>>
{
    public Task Consume(ConsumeContext<QueryIf<EffectHappened>> context) =>
        desk.Ask(context, QuestionOf.Doubt(context.Message.Content, context.Acl(), clock.GetUtcNow()));
}
