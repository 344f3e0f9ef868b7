using System.ComponentModel.DataAnnotations;
using LoopBus.Approval.Auditing;
using LoopBus.Approval.Operators;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoopBus.Approval.Pages;

internal sealed class PasswordModel(SignInManager<Operator> signIn, UserManager<Operator> operators, Audit audit) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the password that you have now."), StringLength(200)]
    public string Current { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Enter a new password."), StringLength(200)]
    public string Wanted { get; set; } = "";

    [BindProperty, Compare(nameof(Wanted), ErrorMessage = "The two new passwords differ.")]
    public string Again { get; set; } = "";

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid)
            return Page();

        var person = await operators.GetUserAsync(User);
        if (person is null)
            return Challenge();
        if (Wanted == Current)
            return Refused("The new password is the one you have.");
        if (await operators.IsLockedOutAsync(person) || !await operators.CheckPasswordAsync(person, Current))
        {
            // Counts like a failed sign-in: an unattended session is no place to guess passwords either.
            await operators.AccessFailedAsync(person);
            return Refused("The password until now is not that one.");
        }

        person.MustChangePassword = false;
        audit.Add(person.UserName!, "password-changed");
        var result = await operators.ChangePasswordAsync(person, Current, Wanted);
        if (!result.Succeeded)
            return Refused(string.Join(' ', result.Errors.Select(error => error.Description)));

        await signIn.RefreshSignInAsync(person);
        TempData["Notice"] = "The password is changed.";
        return LocalRedirect("/approvals");
    }

    private PageResult Refused(string error)
    {
        ModelState.AddModelError("", error);
        return Page();
    }
}
