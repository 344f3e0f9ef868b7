using System.Text.Json;
using LoopBus.Loops;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Questions;

/// <summary>Finds what a person's edit leads to and comes from: a proposal of the same step with other arguments, in a conversation of its own.</summary>
internal sealed class Editions(ApprovalDbContext db)
{
    // A step is edited a few times; whoever reads its form needs the last.
    private const int MostEarlier = 20;

    public async Task<Question?> Before(Question question, CancellationToken ct)
    {
        if (question.Kind != QuestionKind.Action)
            return null;

        var edited = await OfStep(question)
            .Where(other => other.Status == QuestionStatus.Edited && other.AskedAt <= question.AskedAt)
            .Include(other => other.Votes).OrderByDescending(other => other.ClosedAt).Take(MostEarlier).ToListAsync(ct);
        return edited.Find(other => HashOf(other) == question.ActionHash);
    }

    public async Task<Question?> After(Question question, CancellationToken ct)
    {
        if (HashOf(question) is not { } hash)
            return null;

        return await OfStep(question).Where(other => other.ActionHash == hash && other.AskedAt >= question.AskedAt)
            .OrderBy(other => other.AskedAt).FirstOrDefaultAsync(ct);
    }

    private IQueryable<Question> OfStep(Question question) => db.Questions.AsNoTracking().Where(other =>
        other.Kind == QuestionKind.Action && other.TaskId == question.TaskId && other.StepId == question.StepId && other.Id != question.Id);

    private static string? HashOf(Question question) => question.EditedArguments is { } edited
        ? ActionHash.Of(question.TaskId, question.StepId!, question.Tool!, JsonSerializer.Deserialize<JsonElement>(edited))
        : null;
}
