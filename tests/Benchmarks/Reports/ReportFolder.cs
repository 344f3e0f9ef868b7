using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopBus.Benchmarks.Reports;

/// <summary>Writes a report: <c>report.html</c> with tables and curves, <c>figures.json</c> with the figures, <c>report.txt</c> as it was printed.</summary>
internal static class ReportFolder
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string folder, Place place, IReadOnlyList<SectionReport> sections)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "report.html"), Page.Of(place, sections));
        File.WriteAllText(Path.Combine(folder, "report.txt"), $"{place}\n\n{string.Join('\n', sections.SelectMany(section => section.Tables).Select(table => table.ToText()))}");
        File.WriteAllText(
            Path.Combine(folder, "figures.json"),
            JsonSerializer.Serialize(new { place, sections = sections.ToDictionary(section => section.Name, section => section.Figures) }, Json));
    }
}
