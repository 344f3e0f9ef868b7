using System.Net;

namespace LoopBus.Approval.Tests.Stage;

internal static class Redirects
{
    /// <summary>Where the answer sends the browser; fails where it does not.</summary>
    public static string EnsureRedirect(this HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var to = answer.Headers.Location!;
        return to.IsAbsoluteUri ? to.PathAndQuery : to.ToString();
    }
}
