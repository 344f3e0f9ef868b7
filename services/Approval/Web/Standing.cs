using LoopBus.Approval.DeadLetters;
using LoopBus.Approval.Questions;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Web;

/// <summary>What waits for people, for the numbers beside the menu.</summary>
internal sealed class Standing(ApprovalDbContext db, TimeProvider clock)
{
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public Task<int> OpenQuestions() =>
        db.Questions.CountAsync(question => question.Status == QuestionStatus.Open && question.ExpiresAt > Now);

    public Task<int> OpenDeadLetters() => db.DeadLetters.CountAsync(letter => letter.Status == DeadLetterStatus.Open);
}
