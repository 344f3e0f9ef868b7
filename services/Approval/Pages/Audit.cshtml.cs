using LoopBus.Approval.Auditing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LoopBus.Approval.Pages;

internal sealed class AuditModel(ApprovalDbContext db, IOptions<ApprovalOptions> options) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    public async Task OnGet(int? p, CancellationToken ct)
    {
        var found = db.Audit.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(Q))
            found = found.Where(entry => entry.Who == Q || entry.What.Contains(Q) || entry.Subject!.Contains(Q));
        Pager = Pager.Of(p, 2 * options.Value.PageSize, await found.CountAsync(ct), Request);
        Entries = await found.OrderByDescending(entry => entry.Id).Skip(Pager.Skip).Take(Pager.Size).ToListAsync(ct);
    }
}
