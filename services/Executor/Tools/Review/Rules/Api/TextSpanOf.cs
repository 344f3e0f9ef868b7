using Microsoft.CodeAnalysis;

namespace LoopBus.Executor.Tools.Review.Rules.Api;

/// <summary>From the token that names a member to the end of what callers see of it.</summary>
internal sealed record TextSpanOf(int Start, int End)
{
    public static TextSpanOf From(SyntaxToken name, SyntaxNode? last = null) =>
        new(name.SpanStart, Math.Max(name.Span.End, last?.Span.End ?? 0));
}
