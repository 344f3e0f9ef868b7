using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace LoopBus.Hosting.Web;

/// <summary>Answers a request whose parameters or body cannot be read by naming the field, as problem+json (RFC 9457); wants <c>RouteHandlerOptions.ThrowOnBadRequest</c>.</summary>
internal sealed partial class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException refused)
            return false;

        httpContext.Response.StatusCode = refused.StatusCode;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new HttpValidationProblemDetails(Errors(refused)) { Status = refused.StatusCode, Title = "The request is not understood" },
        });
    }

    private static Dictionary<string, string[]> Errors(BadHttpRequestException refused)
    {
        if (refused.InnerException is JsonException json)
        {
            var field = json.Path is { Length: > 2 } path ? path[2..] : "body";
            return new() { [field] = [string.Create(CultureInfo.InvariantCulture, $"cannot be read, or is no field of this request (line {json.LineNumber + 1} of the body).")] };
        }

        return Parameter().Match(refused.Message) is { Success: true } parameter
            ? new() { [parameter.Groups["name"].Value] = [IsNumber(parameter.Groups["type"].Value) ? "must be a whole number." : "cannot be read."] }
            : new() { ["request"] = [refused.Message] };
    }

    private static bool IsNumber(string type) => type.Contains("int", StringComparison.Ordinal) || type.Contains("long", StringComparison.Ordinal);

    // As ASP.NET Core words it; where it words it otherwise, people read its own words.
    [GeneratedRegex("^Failed to bind parameter \"(?<type>[^\"]+) (?<name>\\w+)\" from ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
