using Microsoft.AspNetCore.Html;

namespace LoopBus.Approval.Web;

/// <summary>Small pieces that many pages show.</summary>
internal static class Markup
{
    /// <summary>How long ago or how long left, with the exact time for the pointer and for machines.</summary>
    public static IHtmlContent Moment(this TimeProvider clock, DateTimeOffset at)
    {
        var now = clock.GetUtcNow();
        return new HtmlContentBuilder()
            .AppendHtml($"<time datetime=\"{TimeText.Machine(at)}\" title=\"{TimeText.Exact(at)}\">")
            .Append(at > now ? TimeText.Left(at, now) : TimeText.Ago(at, now))
            .AppendHtml("</time>");
    }

    /// <summary>The number beside a menu entry; nothing where nothing waits.</summary>
    public static IHtmlContent Count(int count) =>
        count == 0 ? HtmlString.Empty : new HtmlString($"<span class=\"count\">{(count > 999 ? "999+" : count)}</span>");
}
