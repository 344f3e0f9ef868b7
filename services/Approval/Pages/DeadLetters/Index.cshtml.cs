using LoopBus.Approval.DeadLetters;
using LoopBus.Approval.Operators;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Approval.Pages.DeadLetters;

internal sealed class IndexModel(ApprovalDbContext db, IServiceScopeFactory scopes, IOptions<ApprovalOptions> options) : PageModel
{
    public readonly IReadOnlyList<string> Views = ["open", "redriven", "discarded", "all"];

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Queue { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<LetterGroup> Groups { get; private set; } = [];

    public IReadOnlyList<LetterRow> Letters { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    public IReadOnlyList<Guid> Selected { get; private set; } = [];

    public string? Problem { get; private set; }

    /// <summary>What a decision leads back to.</summary>
    public Dictionary<string, string> Filters =>
        new Dictionary<string, string?> { ["show"] = Show, ["queue"] = Queue, ["reason"] = Reason, ["q"] = Q }.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);

    public bool MayDecide => User.IsInRole(Roles.Approver) || User.IsInRole(Roles.Admin);

    public async Task OnGet(int? p, CancellationToken ct)
    {
        Show = Views.Contains(Show ?? "") ? Show : "open";
        Groups = await db.DeadLetters.Where(letter => letter.Status == DeadLetterStatus.Open)
            .GroupBy(letter => new { letter.Reason, letter.Queue })
            .Select(group => new LetterGroup(group.Key.Reason, group.Key.Queue, group.Count()))
            .ToListAsync(ct);
        Groups = [.. Groups.OrderByDescending(group => group.Count).ThenBy(group => group.Queue)];
        var found = Filter(db.DeadLetters.AsNoTracking());
        Pager = Pager.Of(p, options.Value.PageSize, await found.CountAsync(ct), Request);
        Letters = await found.OrderByDescending(letter => letter.ReceivedAt).ThenBy(letter => letter.Id).Skip(Pager.Skip).Take(Pager.Size)
            .Select(letter => new LetterRow(
                letter.Id, letter.Status, letter.Queue, letter.Reason, letter.Exception, letter.TaskId, letter.Attempts, letter.MessageType,
                letter.ReceivedAt, letter.RedrivenFrom, letter.ClosedBy, letter.ClosedAt))
            .ToListAsync(ct);
    }

    public async Task<IActionResult> OnPostRedrive(Guid[] id, CancellationToken ct) =>
        MayDecide ? await Each(id, (desk, one) => desk.Redrive(one, User.Identity!.Name!, editedBody: null, ct), "on the way back to their queues") : Forbid();

    public async Task<IActionResult> OnPostDiscard(Guid[] id, string? because, CancellationToken ct)
    {
        if (!MayDecide)
            return Forbid();
        if (DeadLetterDesk.Problem(because) is not { } problem)
            return await Each(id, (desk, one) => desk.Discard(one, User.Identity!.Name!, because!, ct), "discarded");

        (Selected, Problem) = (id, problem);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        await OnGet(p: null, ct);
        return Page();
    }

    public string ViewLink(string view) => Url.Page(null, new { show = view, queue = Queue, reason = Reason, q = Q })!;

    public string GroupLink(LetterGroup group) => Url.Page(null, new { show = "open", queue = group.Queue, reason = group.Reason })!;

    private async Task<IActionResult> Each(Guid[] ids, Func<DeadLetterDesk, Guid, Task<bool>> decide, string became)
    {
        var decided = 0;
        foreach (var one in ids.Distinct().Take(options.Value.PageSize))
        {
            // One that another person decided meanwhile must not hold the others back.
            await using var scope = scopes.CreateAsyncScope();
            if (await decide(scope.ServiceProvider.GetRequiredService<DeadLetterDesk>(), one))
                decided++;
        }

        TempData["Notice"] = ids.Length == 0 ? "Nothing was selected." : $"{decided} of {ids.Distinct().Count()} {became}.";
        return RedirectToPage(Filters);
    }

    private IQueryable<DeadLetter> Filter(IQueryable<DeadLetter> letters)
    {
        letters = Show switch
        {
            "open" => letters.Where(letter => letter.Status == DeadLetterStatus.Open),
            "redriven" => letters.Where(letter => letter.Status == DeadLetterStatus.Redriven || letter.Status == DeadLetterStatus.Redriving),
            "discarded" => letters.Where(letter => letter.Status == DeadLetterStatus.Discarded),
            _ => letters,
        };
        if (!string.IsNullOrWhiteSpace(Queue))
            letters = letters.Where(letter => letter.Queue == Queue);
        if (!string.IsNullOrWhiteSpace(Reason))
            letters = letters.Where(letter => letter.Reason == Reason);
        if (!string.IsNullOrWhiteSpace(Q))
            letters = letters.Where(letter => letter.TaskId!.Contains(Q) || letter.MessageType!.Contains(Q) || letter.MessageId == Q);
        return letters;
    }
}

internal sealed record LetterGroup(string Reason, string Queue, int Count);

internal sealed record LetterRow(
    Guid Id, DeadLetterStatus Status, string Queue, string Reason, string? Exception, string? TaskId, int Attempts, string? MessageType,
    DateTimeOffset ReceivedAt, Guid? RedrivenFrom, string? ClosedBy, DateTimeOffset? ClosedAt)
{
    public string Title => DeadLetter.TitleOf(MessageType, Queue);
}
