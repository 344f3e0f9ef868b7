using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoopBus.Approval.Pages;

[AllowAnonymous, IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }

    public string Title { get; private set; } = "";

    public string Advice { get; private set; } = "";

    public void OnGet(int code) => Show(code);

    public void OnPost(int code) => Show(code);

    private void Show(int code)
    {
        (Code, Title, Advice) = code switch
        {
            400 => (400, "This form is too old", "It was opened before you signed in or out, or not from this site. Open the page again and repeat it."),
            403 => (403, "Not with your role", "Your role lets you read here, not decide. Ask an admin for the role approver."),
            404 => (404, "Nothing here", "There is no such page, or what it showed was never asked."),
            429 => (429, "Too many attempts", "Wait a minute, then sign in again."),
            500 => (500, "That went wrong here", "Nothing was decided. Try again; if it stays so, the service's log says why."),
            _ => (code, "That did not work", "Go back and try again."),
        };
        Response.StatusCode = Code is >= 400 and < 600 ? Code : 404;
    }
}
