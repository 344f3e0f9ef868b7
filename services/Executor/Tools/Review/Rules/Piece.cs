using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules;

/// <summary>A piece of a text that is put together: literal text, or an expression.</summary>
internal sealed record Piece(string? Literal, ExpressionSyntax? Expression)
{
    public static Piece Of(ExpressionSyntax expression) =>
        Origins.Bare(expression) is LiteralExpressionSyntax { Token.Value: string text } ? new(text, null) : new(null, expression);

    public static Piece Of(InterpolatedStringContentSyntax content) =>
        content switch
        {
            InterpolationSyntax hole => Of(hole.Expression),
            InterpolatedStringTextSyntax text => new(text.TextToken.ValueText, null),
            _ => new("", null),
        };
}
