namespace LoopBus.Benchmarks.Reports;

/// <summary>What one section found: tables and curves for people, the figures themselves for programs.</summary>
internal sealed record SectionReport(string Name, IReadOnlyList<Table> Tables, IReadOnlyList<Chart> Charts, object Figures);
