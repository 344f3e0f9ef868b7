using LoopBus.Persistence.Database;
using Microsoft.AspNetCore.Diagnostics;

namespace LoopBus.Approval.Web;

/// <summary>What people see while the database is away (503, with when to come again; RFC 9110, 15.6.4). No Razor page: those ask the database who is there and what waits.</summary>
internal sealed class OutagePage(Outages outages) : IExceptionHandler
{
    private static readonly string Html =
        $"""
         <!DOCTYPE html>
         <html lang="en">
         <head>
             <meta charset="utf-8" />
             <meta name="viewport" content="width=device-width, initial-scale=1" />
             <meta name="color-scheme" content="light dark" />
             <title>The database is away · LoopBus</title>
             <link rel="icon" href="{Assets.Embedded.Icon}" />
             <link rel="stylesheet" href="{Assets.Embedded.Style}" />
         </head>
         <body>
             <header class="top"><div class="top-inner"><a class="brand" href="/approvals"><img src="{Assets.Embedded.Icon}" alt="" width="26" height="26" />LoopBus</a></div></header>
             <main class="narrow">
                 <div class="panel stack centered">
                     <p class="error-code">503</p>
                     <h1>The database is away</h1>
                     <p class="muted">It is not known whether what you asked was done. Go back in a moment, look, and repeat it where it was not.</p>
                     <p><a class="button" href="/approvals">To the approvals</a></p>
                 </div>
             </main>
         </body>
         </html>
         """;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!outages.Has(exception))
            return false;

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = $"{Outages.RetryAfterSeconds}";
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(Html, cancellationToken);
        return true;
    }
}
