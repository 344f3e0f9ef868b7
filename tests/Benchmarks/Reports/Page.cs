using System.Net;
using System.Text;

namespace LoopBus.Benchmarks.Reports;

/// <summary>The report as one HTML file that needs nothing beside it.</summary>
internal static class Page
{
    private const string Style =
        """
        body { font: 15px/1.5 system-ui, sans-serif; color: #1f2937; max-width: 1200px; margin: 2rem auto; padding: 0 1rem }
        table { border-collapse: collapse; font-size: 13px; margin: .5rem 0 1rem } caption { text-align: left; font-weight: 600; padding: .3rem 0 }
        th, td { border-bottom: 1px solid #e5e7eb; padding: .25rem .6rem; text-align: right } th:first-child, td:first-child { text-align: left }
        .charts { display: flex; flex-wrap: wrap; gap: 1.5rem } .note { color: #6b7280; font-size: 13px; margin-top: -.5rem } .wide { overflow-x: auto }
        """;

    public static string Of(Place place, IReadOnlyList<SectionReport> sections)
    {
        var page = new StringBuilder();
        page.Append($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>LoopBus benchmark</title><style>{Style}</style>");
        page.Append($"<h1>LoopBus benchmark</h1><p>{Text(place.ToString())}</p>");
        foreach (var section in sections)
        {
            page.Append($"<h2>{Text(section.Name)}</h2>");
            foreach (var table in section.Tables)
                Write(page, table);
            page.Append("<div class=\"charts\">").AppendJoin("", section.Charts.Select(Svg.Of)).Append("</div>");
        }

        return page.Append("</html>\n").ToString();
    }

    private static void Write(StringBuilder page, Table table)
    {
        page.Append($"<div class=\"wide\"><table><caption>{Text(table.Title)}</caption><tr>").AppendJoin("", table.Columns.Select(column => $"<th>{Text(column)}</th>")).Append("</tr>");
        foreach (var row in table.Rows)
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Text(cell)}</td>")).Append("</tr>");
        page.Append("</table></div>");
        if (table.Note is not null)
            page.Append($"<p class=\"note\">{Text(table.Note)}</p>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
