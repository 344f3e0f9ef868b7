using Microsoft.AspNetCore.Http.Extensions;

namespace LoopBus.Approval.Pages;

/// <summary>Where in a list the page is; the filters stay in the links.</summary>
internal sealed record Pager(int Number, int Size, int Total, HttpRequest Request)
{
    public int Last => Math.Max(1, (Total + Size - 1) / Size);

    public int Skip => (Number - 1) * Size;

    public string Link(int number)
    {
        var query = new QueryBuilder(Request.Query.Where(pair => pair.Key != "p").Select(pair => new KeyValuePair<string, string>(pair.Key, $"{pair.Value}")))
        {
            { "p", $"{number}" },
        };
        return Request.Path + query.ToQueryString();
    }

    public static Pager Of(int? number, int size, int total, HttpRequest request)
    {
        var pager = new Pager(1, size, total, request);
        return pager with { Number = Math.Clamp(number ?? 1, 1, pager.Last) };
    }
}
