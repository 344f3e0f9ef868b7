using System.Security.Claims;
using LoopBus.Approval.Questions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Approval.Pages.Approvals;

internal sealed class IndexModel(ApprovalDbContext db, IOptions<ApprovalOptions> options, TimeProvider clock) : PageModel
{
    public static readonly IReadOnlyList<string> Views = ["open", "decided", "expired", "withdrawn", "all"];

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Loop { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<Question> Questions { get; private set; } = [];

    public IReadOnlyList<string> Loops { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public Guid Me => Guid.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public async Task OnGet(int? p, CancellationToken ct)
    {
        Show = Views.Contains(Show ?? "") ? Show : "open";
        var found = Filter(db.Questions.AsNoTracking());
        Pager = Pager.Of(p, options.Value.PageSize, await found.CountAsync(ct), Request);
        Questions = await found
            .OrderBy(question => question.Status == QuestionStatus.Open ? 0 : 1)
            .ThenByDescending(question => question.ClosedAt)
            .ThenBy(question => question.ExpiresAt)
            .ThenBy(question => question.Id)
            .Skip(Pager.Skip).Take(Pager.Size).Include(question => question.Votes).ToListAsync(ct);
        Loops = await db.Questions.Where(question => question.Loop != null).Select(question => question.Loop!).Distinct().Order().ToListAsync(ct);
    }

    public string ViewLink(string view) => Url.Page(null, new { show = view, q = Q, loop = Loop })!;

    private IQueryable<Question> Filter(IQueryable<Question> questions)
    {
        questions = Show switch
        {
            "open" => questions.Where(question => question.Status == QuestionStatus.Open && question.ExpiresAt > Now),
            "decided" => questions.Where(question => question.Status == QuestionStatus.Accepted
                || question.Status == QuestionStatus.Rejected || question.Status == QuestionStatus.Edited),
            "expired" => questions.Where(question => question.Status == QuestionStatus.Expired
                || (question.Status == QuestionStatus.Open && question.ExpiresAt <= Now)),
            "withdrawn" => questions.Where(question => question.Status == QuestionStatus.Withdrawn),
            _ => questions,
        };
        if (!string.IsNullOrWhiteSpace(Loop))
            questions = questions.Where(question => question.Loop == Loop);
        if (!string.IsNullOrWhiteSpace(Q))
            questions = questions.Where(question => question.TaskId.Contains(Q) || question.Tool!.Contains(Q));
        return questions;
    }
}
