namespace LoopBus.Benchmarks.Reports;

internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);
