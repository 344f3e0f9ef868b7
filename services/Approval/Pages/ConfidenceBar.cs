namespace LoopBus.Approval.Pages;

/// <summary>One bar of a chart, in its units.</summary>
internal sealed record ConfidenceBar(int X, int Y, int Width, int Height, string Text);
