using LoopBus.Approval.Auditing;
using LoopBus.Contracts.Acts;
using LoopBus.Hosting;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Questions;

/// <summary>Takes questions in and back; a message that comes twice, late, or after its own cancel changes nothing.</summary>
internal sealed class QuestionDesk(ApprovalDbContext db, Answers answers, Audit audit, TimeProvider clock, ILogger<QuestionDesk> log)
{
    public async Task Ask(ConsumeContext context, Question question)
    {
        var ct = context.CancellationToken;
        if (await Find(question.Id, ct) is { } known)
        {
            if (known.ActionHash != question.ActionHash || known.Kind != question.Kind)
                ApprovalLog.ConversationReused(log, question.Id, question.TaskId, question.ActionHash);
            else
                await answers.Say(known, ct);
            return;
        }

        db.Questions.Add(question);
        var now = clock.GetUtcNow();
        if (question.ExpiresAt <= now)
        {
            await Expire(question, now, ct);
            return;
        }

        ApprovalLog.Asked(log, question.Kind, question.Id, question.TaskId, question.StepId);
        await Wake(context, question, now);
    }

    /// <summary>Closes the asker's question, or leaves a closed one behind for a proposal that this cancel overtook.</summary>
    public async Task Withdraw(ConsumeContext context, Question asked, string? reason)
    {
        var question = await Find(asked.Id, context.CancellationToken);
        if (question is null)
            db.Questions.Add(question = asked);
        if (question.Status != QuestionStatus.Open)
            return;

        question.Withdraw(clock.GetUtcNow(), reason ?? "The run no longer needs it.");
        audit.Add("loopbus", "withdrawn", $"/approvals/{question.Id}", question.ClosedBecause);
    }

    public async Task Expire(ConsumeContext context, Guid id)
    {
        if (await Find(id, context.CancellationToken) is not { Status: QuestionStatus.Open } question)
            return;

        // Another copy's clock may be ahead of this one's.
        var now = clock.GetUtcNow();
        if (question.ExpiresAt <= now)
            await Expire(question, now, context.CancellationToken);
        else
            await Wake(context, question, now);
    }

    private async Task Expire(Question question, DateTimeOffset now, CancellationToken ct)
    {
        question.Expire(now);
        audit.Add("loopbus", "expired", $"/approvals/{question.Id}", question.Title);
        await answers.Say(question, ct);
    }

    private static Task Wake(ConsumeContext context, Question question, DateTimeOffset now) => context.Say(
        new Request<ExpireQuestion>(new ExpireQuestion(question.Id)),
        new AclParameters { ConversationId = question.Id, Receiver = "approval", Delay = question.ExpiresAt - now },
        context.CancellationToken);

    private Task<Question?> Find(Guid id, CancellationToken ct) =>
        db.Questions.Include(question => question.Votes).SingleOrDefaultAsync(question => question.Id == id, ct);
}
