using LoopBus.Persistence.Database;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace LoopBus.Persistence;

/// <summary>Answers a request that met an outage of the database with 503 and when to come again (RFC 9110, 15.6.4 and 10.2.3), as problem+json (RFC 9457).</summary>
internal sealed class OutageHandler(Outages outages, IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!outages.Has(exception))
            return false;

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = $"{Outages.RetryAfterSeconds}";

        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails =
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "The database is away",
                // A connection may break while it commits.
                Detail = "It is not known whether what you asked was done. Ask again: a task that was taken before is not begun twice. GET /health/ready says when the database is back.",
                Extensions = { ["retryAfter"] = Outages.RetryAfterSeconds },
            },
        });
    }
}
