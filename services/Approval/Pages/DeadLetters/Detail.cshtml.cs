using System.Text.Json;
using LoopBus.Approval.DeadLetters;
using LoopBus.Approval.Operators;
using LoopBus.Approval.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace LoopBus.Approval.Pages.DeadLetters;

internal sealed class DetailModel(ApprovalDbContext db, DeadLetterDesk desk) : PageModel
{
    public DeadLetter Letter { get; private set; } = null!;

    public LetterBody Body { get; private set; } = null!;

    public JsonElement? Json { get; private set; }

    public LetterProperties Properties { get; private set; } = null!;

    public IReadOnlyList<(string Name, string Value)> Pairs { get; private set; } = [];

    public string? Problem { get; private set; }

    public string? Draft { get; private set; }

    public bool MayDecide => User.IsInRole(Roles.Approver) || User.IsInRole(Roles.Admin);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Load(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRedrive(Guid id, string? body, CancellationToken ct)
    {
        if (!MayDecide)
            return Forbid();
        if (!await Load(id, ct))
            return NotFound();

        var edited = Body.Edited(body);
        if (edited is not null && Body.IsJson && JsonText.Parse(edited) is null)
        {
            Draft = body;
            return Again(StatusCodes.Status400BadRequest, "The edited body is not JSON, and the message was. Correct it.");
        }

        return await desk.Redrive(id, User.Identity!.Name!, edited, ct)
            ? RedirectToPage(new { id })
            : await Late(id, ct);
    }

    public async Task<IActionResult> OnPostDiscard(Guid id, string? reason, CancellationToken ct)
    {
        if (!MayDecide)
            return Forbid();
        if (!await Load(id, ct))
            return NotFound();
        if (DeadLetterDesk.Problem(reason) is { } problem)
            return Again(StatusCodes.Status400BadRequest, problem);

        return await desk.Discard(id, User.Identity!.Name!, reason!, ct)
            ? RedirectToPage(new { id })
            : await Late(id, ct);
    }

    private async Task<IActionResult> Late(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await Load(id, ct);
        return Again(StatusCodes.Status409Conflict, "Another person decided this dead letter first.");
    }

    private PageResult Again(int status, string problem)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }

    private async Task<bool> Load(Guid id, CancellationToken ct)
    {
        var letter = await db.DeadLetters.AsNoTracking().SingleOrDefaultAsync(found => found.Id == id, ct);
        if (letter is null)
            return false;

        Letter = letter;
        Body = LetterBody.Of(letter.Body);
        Json = Body.IsJson ? JsonText.Parse(letter.Body) : null;
        Properties = LetterText.Properties(letter);
        var headers = LetterText.Headers(letter).Select(header => (header.Key, Show(header.Value)));
        Pairs = [.. PropertiesShown().Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Name, pair.Value!)), .. headers.OrderBy(pair => pair.Key)];
        return true;
    }

    private IEnumerable<(string Name, string? Value)> PropertiesShown() =>
    [
        ("content_type", Properties.ContentType), ("message_id", Properties.MessageId), ("correlation_id", Properties.CorrelationId),
        ("reply_to", Properties.ReplyTo), ("type", Properties.Type), ("exchange", Properties.Exchange), ("routing_key", Properties.RoutingKey),
    ];

    private static string Show(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
