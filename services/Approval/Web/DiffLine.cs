namespace LoopBus.Approval.Web;

/// <summary>One line of a comparison: '-' it went, '+' it came, ' ' it stays.</summary>
internal sealed record DiffLine(char Mark, string Text);
