using LoopBus.Approval.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoopBus.Approval.Pages;

[AllowAnonymous]
internal sealed class SignOutModel(SignInManager<Operator> signIn) : PageModel
{
    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Page() : RedirectToPage("/SignIn");

    public async Task<IActionResult> OnPost()
    {
        await signIn.SignOutAsync();
        return RedirectToPage("/SignIn");
    }
}
