using System.Security.Claims;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Questions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Pages.Approvals;

internal sealed class FormModel(ApprovalDbContext db, DecisionDesk desk, TimeProvider clock) : PageModel
{
    public Question Question { get; private set; } = null!;

    public Packet Packet { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public string? Problem { get; private set; }

    [BindProperty]
    public string? Comment { get; set; }

    [BindProperty]
    public string? Output { get; set; }

    public bool MayDecide => User.IsInRole(Roles.Approver) || User.IsInRole(Roles.Admin);

    public bool Decided => Question.Votes.Exists(vote => vote.OperatorId == Me);

    public string AcceptWord => Question.Kind switch
    {
        QuestionKind.Doubt => "It happened",
        QuestionKind.Escalation => "Try again",
        _ => "Accept",
    };

    public string RejectWord => Question.Kind switch
    {
        QuestionKind.Doubt => "It did not happen",
        QuestionKind.Escalation => "Give up",
        _ => "Reject",
    };

    public string Consequence => Question.Kind switch
    {
        QuestionKind.Doubt => "It happened: the run goes on without doing it again. It did not: the step runs once more.",
        QuestionKind.Escalation => "Try again: the run goes on from where it stopped. Give up: it ends, and what it did is undone.",
        _ when Question.Quorum - Question.Accepted > 1 => "Your acceptance counts at once; the action runs when the others accept too. One rejection ends it.",
        _ => "Accept: the action runs at once. Reject: the run gets your comment and does not do it.",
    };

    private Guid Me => Guid.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Load(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPost(Guid id, string? decision, string? actionHash, CancellationToken ct)
    {
        if (!MayDecide)
            return Forbid();
        if (decision is not ("accept" or "reject"))
            return BadRequest();
        if (Comment?.Length > 4000 || Output?.Length > 100_000)
            return await Again(id, StatusCodes.Status400BadRequest, "The comment may have 4000 characters, the output 100000.", ct);
        if (!Ballot.TryOutput(Output, out var output))
            return await Again(id, StatusCodes.Status400BadRequest, "What it returned is not JSON. Correct it, or leave it empty.", ct);

        var result = await desk.Decide(new Ballot(id, Me, User.Identity!.Name!, decision == "accept", Comment, actionHash ?? "", output), ct);
        switch (result)
        {
            case VoteResult.Counted:
                TempData["Notice"] = "Your decision counts.";
                return RedirectToPage(new { id });
            case VoteResult.NotFound:
                return NotFound();
            case VoteResult.CommentMissing:
                return await Again(id, StatusCodes.Status400BadRequest, "Say in the comment why you reject: the run is told.", ct);
            default:
                return await Again(id, StatusCodes.Status409Conflict, Say(result), ct);
        }
    }

    public string VoteWord(Vote vote) => (Question.Kind, vote.Accepted) switch
    {
        (QuestionKind.Doubt, true) => "says it happened",
        (QuestionKind.Doubt, false) => "says it did not happen",
        (QuestionKind.Escalation, true) => "let it try again",
        (QuestionKind.Escalation, false) => "gave it up",
        (_, true) => "accepted",
        _ => "rejected",
    };

    private static string Say(VoteResult result) => result switch
    {
        VoteResult.AlreadyVoted => "You decided this already; your first decision stands.",
        VoteResult.Expired => "The time was up before you decided. The run is told that nobody decided.",
        VoteResult.Changed => "The action is not the one that this form showed. Read it again before you decide.",
        _ => "This is closed already; your decision was not needed any more.",
    };

    private async Task<IActionResult> Again(Guid id, int status, string problem, CancellationToken ct)
    {
        if (!await Load(id, ct))
            return NotFound();

        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        Now = clock.GetUtcNow();
        var question = await db.Questions.AsNoTracking().Include(found => found.Votes).SingleOrDefaultAsync(found => found.Id == id, ct);
        if (question is null)
            return false;

        Question = question;
        Packet = Packet.Of(question);
        return true;
    }
}
