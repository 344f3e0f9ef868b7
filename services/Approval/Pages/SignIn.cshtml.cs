using System.ComponentModel.DataAnnotations;
using LoopBus.Approval.Auditing;
using LoopBus.Approval.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoopBus.Approval.Pages;

[AllowAnonymous]
internal sealed class SignInModel(SignInManager<Operator> signIn, UserManager<Operator> operators, Audit audit, TimeProvider clock)
    : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your name."), StringLength(100)]
    public string Name { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter your password."), StringLength(200)]
    public string Password { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Onward() : Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return Page();

        var person = await operators.FindByNameAsync(Name);
        if (person is null)
        {
            // As long as for a name that exists, so that the time tells no one which names do.
            operators.PasswordHasher.HashPassword(new Operator { Role = Roles.Viewer, CreatedAt = default }, Password);
            return TurnAway();
        }

        var result = await signIn.PasswordSignInAsync(person, Password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            await audit.Save(person.UserName!, result.IsLockedOut ? "turned-away-locked-out" : "turned-away", null, null, ct);
            return TurnAway();
        }

        person.SignedInAt = clock.GetUtcNow();
        audit.Add(person.UserName!, "signed-in");
        await operators.UpdateAsync(person);
        return person.MustChangePassword ? RedirectToPage("/Password") : Onward();
    }

    private IActionResult Onward() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/approvals");

    private PageResult TurnAway()
    {
        ModelState.AddModelError("", "Name and password do not match, or the account is locked. A locked account opens again by itself after a while.");
        Password = "";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Page();
    }
}
