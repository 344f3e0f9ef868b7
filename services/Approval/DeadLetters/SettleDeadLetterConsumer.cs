using LoopBus.Approval.Auditing;
using LoopBus.Contracts.Acts;
using MassTransit;
using PublishException = RabbitMQ.Client.Exceptions.PublishException;

namespace LoopBus.Approval.DeadLetters;

/// <summary>Sends a redriven dead letter back to its queue, and takes the copy of a redriven or discarded one away.</summary>
internal sealed class SettleDeadLetterConsumer(ApprovalDbContext db, DeadLetterQueue queue, Audit audit, ILogger<SettleDeadLetterConsumer> log)
    : IConsumer<Request<SettleDeadLetter>>
{
    public async Task Consume(ConsumeContext<Request<SettleDeadLetter>> context)
    {
        var ct = context.CancellationToken;
        var letter = await db.DeadLetters.FindAsync([context.Message.Content.DeadLetterId], ct);
        if (letter is not { Status: DeadLetterStatus.Redriving or DeadLetterStatus.Discarded })
            return;

        var subject = $"/dead-letters/{letter.Id}";
        if (letter.Status == DeadLetterStatus.Redriving)
        {
            try
            {
                await queue.Redrive(letter, ct);
            }
            catch (PublishException refused)
            {
                var problem = refused.IsReturn ? $"The broker has no queue {letter.Queue}." : $"Queue {letter.Queue} takes no more messages.";
                ApprovalLog.RedriveBounced(log, letter.Id, letter.Queue, problem);
                audit.Add("loopbus", "redrive-bounced", subject, problem);
                letter.Bounced($"It could not be redriven: {problem}");
                return;
            }

            letter.Arrived();
            audit.Add("loopbus", "redriven", subject, $"To queue {letter.Queue}, as message {letter.RedriveMessageId}.");
        }

        if (await queue.Remove(letter.Id, ct) > 0)
            audit.Add("loopbus", "copy-removed", subject, $"Out of queue {Hosting.DeadLetters.Queue}.");
        else
            audit.Add("loopbus", "copy-not-found", subject, $"Not in queue {Hosting.DeadLetters.Queue}: someone took it, or too many lie before it.");
    }
}
