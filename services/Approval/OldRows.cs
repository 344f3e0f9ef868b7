using LoopBus.Approval.DeadLetters;
using LoopBus.Approval.Questions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LoopBus.Approval;

/// <summary>Retention of questions and dead letters. The audit stays.</summary>
internal static class OldRows
{
    public const string By = "retention";

    /// <summary>
    /// Nobody has decided on these in a whole period: they are discarded, because effects are remembered for two periods only, and a message that
    /// is redriven later than that could act again.
    /// </summary>
    public static async Task<int> DiscardLetters(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var open = await scope.GetRequiredService<ApprovalDbContext>().DeadLetters.AsNoTracking()
            .Where(letter => letter.Status == DeadLetterStatus.Open && letter.ReceivedAt < before)
            .OrderBy(letter => letter.ReceivedAt).Select(letter => letter.Id).Take(limit).ToListAsync(cancellationToken);
        var desk = scope.GetRequiredService<DeadLetterDesk>();
        foreach (var letter in open)
            await desk.Discard(letter, By, "Nobody decided on it in the time that dead letters are kept.", cancellationToken);
        return open.Count;
    }

    public static Task<int> RemoveLetters(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        scope.GetRequiredService<ApprovalDbContext>().DeadLetters
            .Where(letter => letter.ClosedAt < before && (letter.Status == DeadLetterStatus.Redriven || letter.Status == DeadLetterStatus.Discarded))
            .OrderBy(letter => letter.ClosedAt).Take(limit).ExecuteDeleteAsync(cancellationToken);

    public static Task<int> RemoveQuestions(IServiceProvider scope, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        scope.GetRequiredService<ApprovalDbContext>().Questions
            .Where(question => question.ClosedAt < before && question.Status != QuestionStatus.Open)
            .OrderBy(question => question.ClosedAt).Take(limit).ExecuteDeleteAsync(cancellationToken);
}
