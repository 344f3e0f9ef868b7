using LoopBus.Benchmarks.Reports;

namespace LoopBus.Benchmarks.Sections;

/// <summary>One question that the benchmark answers.</summary>
internal interface ISection
{
    string Name { get; }

    Task<SectionReport> Measure(Bench bench);
}
