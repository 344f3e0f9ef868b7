using System.Security.Cryptography;
using LoopBus.Contracts.Acts;
using LoopBus.Contracts.DeadLetters;
using LoopBus.Contracts.Execution;
using LoopBus.Hosting;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.DeadLetters;

/// <summary>Keeps each message that died, passes its copy on to the queue that people look at, tells its run, and answers its sender: one transaction.</summary>
internal sealed class KeepDeadLetterConsumer(ApprovalDbContext db, TimeProvider clock, ILogger<KeepDeadLetterConsumer> log) : IConsumer<RawMessage>
{
    // What a run need not hear of: the death of this word must not say it again, without end; a call for bids goes to others too, and a bid that was turned down has no answer.
    private static readonly string?[] Untold = [EntityNames.Of(typeof(Inform<MessageDeadLettered>)), EntityNames.Of(typeof(CallForProposal<ExecuteStep>)), EntityNames.Of(typeof(RejectProposal<Bid>))];

    public async Task Consume(ConsumeContext<RawMessage> context)
    {
        var message = context.Message;
        var hash = Convert.ToHexStringLower(SHA256.HashData(message.Body.Span));
        if (string.IsNullOrEmpty(message.MessageId) && message.Redelivered && await IsKept(hash, message, context.CancellationToken))
            return;

        var run = LetterText.Clean(LetterText.RunOf(message), 200);
        var letter = Letter(message, hash, run);
        db.DeadLetters.Add(letter);
        ApprovalLog.DeadLettered(log, letter.Id, letter.Queue, letter.Reason);
        await context.Forward(Hosting.DeadLetters.Queue, message, HeadersOf(letter, run), context.CancellationToken);
        await Answer(context, letter, run);
        if (run is not null && !Untold.Contains(letter.MessageType))
            await context.Say(
                new Inform<MessageDeadLettered>(
                    new MessageDeadLettered(run, $"{letter.Id}", letter.Queue, letter.Reason, letter.Exception, letter.Attempts)),
                new AclParameters { Receiver = "coordinator" });
    }

    private static async Task Answer(ConsumeContext context, DeadLetter letter, string? run)
    {
        if (letter.AnsweredWith is not null || SenderAnswer.For(letter) is not { } answer)
            return;

        letter.AnsweredWith = answer.Performative;
        await context.SayPlain(
            answer.Queue, answer.Content, new AclParameters { Performative = answer.Performative, Run = run },
            answer.CorrelationId, context.CancellationToken);
    }

    private static Dictionary<string, object?> HeadersOf(DeadLetter letter, string? run) => new()
    {
        [LetterHeader.Id] = $"{letter.Id}",
        [HeaderNames.Reason] = letter.Reason,
        [HeaderNames.Queue] = letter.Queue,
        [HeaderNames.Exception] = letter.Exception,
        [HeaderNames.Attempts] = letter.Attempts,
        [HeaderNames.Run] = run,
    };

    private DeadLetter Letter(RawMessage message, string hash, string? run)
    {
        var death = Death.Of(message);
        return new DeadLetter
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Queue = LetterText.Clean(death.Queue, 255)!,
            Reason = LetterText.Clean(death.Reason, 100)!,
            Exception = LetterText.Clean(death.Exception, 4000),
            // A plain body may name any task: it is what people search by, and no run stops because of it.
            TaskId = run ?? LetterText.Clean(LetterText.TaskOf(message), 200),
            Attempts = death.Attempts,
            MessageId = LetterText.Clean(message.MessageId, 255),
            MessageType = LetterText.Clean(LetterText.TypeOf(message), 255),
            Body = message.Body.ToArray(),
            BodyHash = hash,
            Headers = LetterText.HeadersOf(message),
            Properties = LetterText.PropertiesOf(message),
            ReceivedAt = clock.GetUtcNow(),
            RedrivenFrom = Guid.TryParse(message.Header(LetterHeader.RedrivenFrom), out var from) ? from : null,
            AnsweredWith = message.Header(LetterHeader.Answered) is not null && message.ReplyTo is { Length: > 0 } ? "earlier" : null,
        };
    }

    private Task<bool> IsKept(string hash, RawMessage message, CancellationToken ct)
    {
        var headers = LetterText.HeadersOf(message);
        return db.DeadLetters.AnyAsync(
            letter => letter.BodyHash == hash && letter.Headers == headers && letter.Status == DeadLetterStatus.Open, ct);
    }
}
