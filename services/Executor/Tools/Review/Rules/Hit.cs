using Microsoft.CodeAnalysis;

namespace LoopBus.Executor.Tools.Review.Rules;

/// <summary>A fault on the lines First to Last of one text; Rule where it is another than its finder's name.</summary>
internal sealed record Hit(
    int First,
    int Last,
    Severity Severity,
    double Confidence,
    string Message,
    Side Side = Side.New,
    string? Rule = null
)
{
    public static Hit At(Source text, SyntaxNode node, Severity severity, double confidence, string message, Side side = Side.New) =>
        new(text.LineAt(node.SpanStart), text.LineAt(Math.Max(node.SpanStart, node.Span.End - 1)), severity, confidence, message, side);
}
