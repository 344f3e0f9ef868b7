namespace LoopBus.Benchmarks.Reports;

/// <summary>Curves over one axis, which is logarithmic: how a figure follows the load.</summary>
internal sealed record Chart(string Title, string Across, string Up, IReadOnlyList<Curve> Curves);
