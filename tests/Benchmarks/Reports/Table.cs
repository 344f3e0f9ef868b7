namespace LoopBus.Benchmarks.Reports;

/// <summary>Figures as people read them; the first column names the row.</summary>
internal sealed record Table(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string? Note = null)
{
    public string ToText()
    {
        int[] widths = [.. Columns.Select((column, index) => Rows.Select(row => row[index].Length).Append(column.Length).Max())];
        IEnumerable<string> lines = [Title, Line(Columns), .. Rows.Select(Line), .. Note is null ? Array.Empty<string>() : [$"  {Note}"]];
        return string.Join('\n', lines) + "\n";

        string Line(IReadOnlyList<string> cells) =>
            "  " + string.Join("  ", cells.Select((cell, index) => index == 0 ? cell.PadRight(widths[index]) : cell.PadLeft(widths[index])));
    }
}
