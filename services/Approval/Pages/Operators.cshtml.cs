using LoopBus.Approval.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoopBus.Approval.Pages;

[Authorize(Roles.Keepers)]
internal sealed class OperatorsModel(OperatorKeeper keeper, TimeProvider clock) : PageModel
{
    public IReadOnlyList<Operator> People { get; private set; } = [];

    public string? For { get; private set; }

    public string? OneTimePassword { get; private set; }

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    private string Me => User.Identity!.Name!;

    public async Task OnGet(CancellationToken ct) => People = await keeper.All(ct);

    public async Task<IActionResult> OnPostCreate(string? name, string? role, CancellationToken ct) =>
        await Show(await keeper.Create(name?.Trim() ?? "", role ?? "", mustChange: true, Me), ct);

    public async Task<IActionResult> OnPostReset(Guid id, CancellationToken ct) => await Show(await keeper.Reset(id, mustChange: true, Me), ct);

    public async Task<IActionResult> OnPostRole(Guid id, string? role, CancellationToken ct) => await Show(await keeper.SetRole(id, role ?? "", Me), ct);

    public async Task<IActionResult> OnPostDisable(Guid id, CancellationToken ct) => await Show(await keeper.SetDisabled(id, true, Me), ct);

    public async Task<IActionResult> OnPostEnable(Guid id, CancellationToken ct) => await Show(await keeper.SetDisabled(id, false, Me), ct);

    private async Task<IActionResult> Show(KeeperResult result, CancellationToken ct)
    {
        if (result.Problem is null && result.Password is null)
        {
            TempData["Notice"] = result.Done;
            return RedirectToPage();
        }

        if (result.Problem is not null)
        {
            ModelState.AddModelError("", result.Problem);
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        For = result.Name;
        OneTimePassword = result.Password;
        People = await keeper.All(ct);
        return Page();
    }
}
