using LoopBus.Contracts.Acts;
using MassTransit;

namespace LoopBus.Approval.Questions;

/// <summary>Closes a question that nobody decided in time, and tells the asker.</summary>
internal sealed class ExpireQuestionConsumer(QuestionDesk desk) : IConsumer<Request<ExpireQuestion>>
{
    public Task Consume(ConsumeContext<Request<ExpireQuestion>> context) => desk.Expire(context, context.Message.Content.QuestionId);
}
