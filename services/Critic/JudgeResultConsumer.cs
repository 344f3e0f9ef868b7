using LoopBus.Contracts.Acts;
using LoopBus.Contracts.Critique;
using LoopBus.Hosting;
using LoopBus.Models;
using MassTransit;

namespace LoopBus.Critic;

/// <summary>Hears whether a result holds (query-if), and informs of the verdict, or of why there is none.</summary>
internal sealed class JudgeResultConsumer(VerdictJournal journal, Lazy<CriticDbContext> calls, CriticLog log) : IConsumer<QueryIf<ResultHolds>>
{
    public async Task Consume(ConsumeContext<QueryIf<ResultHolds>> context)
    {
        var asked = context.Message.Content;

        try
        {
            var verdict = await journal.Answer(asked, context.CancellationToken);
            log.Judged(asked.TaskId, asked.Subject, asked.Attempt, verdict.Holds);
            await context.Reply(new Inform<Verdict>(verdict));
        }
        catch (CritiqueException exception)
        {
            log.NotJudged(asked.TaskId, asked.Subject, asked.Attempt, exception.Message);
            await context.Reply(new Failure<ResultHolds>(asked with { Spent = await ModelSpending.Of(calls.Value, asked.TaskId, context.CancellationToken) }, new Reason(exception.Code, exception.Message, exception.Retryable)));
        }
        catch (KeyReusedException exception)
        {
            log.NotJudged(asked.TaskId, asked.Subject, asked.Attempt, exception.Message);
            await context.Reply(new Failure<ResultHolds>(asked, new Reason("key-reused", exception.Message)));
        }
    }
}
