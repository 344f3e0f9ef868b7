using System.Security.Claims;
using System.Text.Json;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Questions;
using LoopBus.Approval.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Pages.Approvals;

internal sealed class FormModel(ApprovalDbContext db, EntryReader reader, DecisionDesk desk, Editions editions, TimeProvider clock) : PageModel
{
    public Question Question { get; private set; } = null!;

    public Brief Brief { get; private set; } = null!;

    /// <summary>The proposal whose arguments a person edited into this one's.</summary>
    public Question? Before { get; private set; }

    /// <summary>The proposal that this one's edit led to.</summary>
    public Question? After { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public EntryProblem? Problem { get; private set; }

    /// <summary>What the person typed, where it is to be corrected.</summary>
    public Entry Entry { get; private set; } = new();

    public bool MayDecide => User.IsInRole(Roles.Approver) || User.IsInRole(Roles.Admin);

    public bool Decided => Question.Votes.Exists(vote => vote.OperatorId == Me);

    public bool Asks => Question.IsOpen(Now) && MayDecide && !Decided;

    public Vote? Edit => Question.Votes.Find(vote => vote.Edited is not null);

    public Vote? Help => Question.Votes.Find(vote => vote.Intervention is not null);

    public string AcceptWord => Question.Kind switch
    {
        QuestionKind.Doubt => "It happened",
        QuestionKind.Escalation => "Go on",
        _ => "Accept",
    };

    public string RejectWord => Question.Kind switch
    {
        QuestionKind.Doubt => "It did not happen",
        QuestionKind.Escalation => "Give up",
        _ => "Reject",
    };

    public string ActionWord => Question.Kind == QuestionKind.Doubt
        ? "The action in doubt"
        : Question.IsOpen(Now) ? "Exactly this would be done" : "Exactly this was asked";

    public string CommentHint => Question.Kind switch
    {
        QuestionKind.Doubt => "how you know",
        QuestionKind.Escalation => "needed to give up",
        _ => "needed to reject",
    };

    public string Consequence => Question.Kind switch
    {
        QuestionKind.Doubt => "It happened: the run goes on without doing it again. It did not: the step runs once more.",
        QuestionKind.Escalation when Brief.Packet is not null =>
            "Go on: the run goes on from where it stopped, with what you give it. Give up: it ends, and what it did is undone.",
        QuestionKind.Escalation => "Go on: the run goes on from where it stopped. Give up: it ends, and what it did is undone.",
        _ when Question.Quorum - Question.Accepted > 1 => "Your acceptance counts at once; the action runs when the others accept too. One rejection ends it.",
        _ => "Accept: the action runs at once. Reject: the run gets your comment and does not do it.",
    };

    private Guid Me => Guid.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Load(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPost(Guid id, [FromForm] Entry entry, CancellationToken ct)
    {
        if (!MayDecide)
            return Forbid();
        if (!await Load(id, ct))
            return NotFound();

        Entry = entry;
        if (entry.Decision is not (Entry.Accept or Entry.Reject) && (entry.Decision != Entry.Edit || Question.Kind != QuestionKind.Action))
            return BadRequest();
        if (reader.Read(Question, entry, Me, User.Identity!.Name!, out var ballot) is { } problem && Asks)
            return Again(StatusCodes.Status400BadRequest, problem);

        // Whoever comes late hears that, and not what was wrong with what they wrote.
        var result = ballot is null ? Late() : await desk.Decide(ballot, ct);
        switch (result)
        {
            case VoteResult.Counted:
                TempData["Notice"] = entry.Decision == Entry.Edit ? "Your arguments go to the run, which proposes them anew." : "Your decision counts.";
                return RedirectToPage(new { id });
            case VoteResult.NotFound:
                return NotFound();
            case VoteResult.CommentMissing:
                return Again(StatusCodes.Status400BadRequest, new("comment", Question.Kind == QuestionKind.Escalation
                    ? "Say in the comment why you give it up: the run is told."
                    : "Say in the comment why you reject: the run is told."));
            default:
                await Load(id, ct);
                return Again(StatusCodes.Status409Conflict, new(null, Say(result)));
        }
    }

    public string VoteWord(Vote vote) => (Question.Kind, vote.Accepted) switch
    {
        (QuestionKind.Doubt, true) => "says it happened",
        (QuestionKind.Doubt, false) => "says it did not happen",
        (QuestionKind.Escalation, true) => "let it go on",
        (QuestionKind.Escalation, false) => "gave it up",
        (_, true) => "accepted",
        _ => vote.Edited is null ? "rejected" : "edited the arguments",
    };

    /// <summary>The problem of one field, to be said beside it.</summary>
    public string? ProblemOf(string field) => Problem?.Field == field ? Problem.Text : null;

    /// <summary>What a person changed in a proposal's arguments.</summary>
    public static IReadOnlyList<DiffLine?> Changes(Question edited) => LineDiff.Of(
        JsonText.Editable(Brief.Of(edited).Arguments!.Value), JsonText.Editable(JsonSerializer.Deserialize<JsonElement>(edited.EditedArguments!)));

    private VoteResult Late() => Decided ? VoteResult.AlreadyVoted : Question.Status == QuestionStatus.Open ? VoteResult.Expired : VoteResult.Closed;

    private static string Say(VoteResult result) => result switch
    {
        VoteResult.AlreadyVoted => "You decided this already; your first decision stands.",
        VoteResult.Expired => "The time was up before you decided. The run is told that nobody decided.",
        VoteResult.Changed => "The action is not the one that this form showed. Read it again before you decide.",
        _ => "This is closed already; your decision was not needed any more.",
    };

    private PageResult Again(int status, EntryProblem problem)
    {
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
        Brief = Brief.Of(question);
        Before = await editions.Before(question, ct);
        After = await editions.After(question, ct);
        return true;
    }
}
