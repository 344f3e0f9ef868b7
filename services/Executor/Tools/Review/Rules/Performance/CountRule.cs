using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Performance;

/// <summary>Counting a whole sequence to learn whether it has anything in it.</summary>
internal sealed class CountRule : IRule
{
    public string Name => "performance/count-for-any";

    public IEnumerable<Hit> Look(Change change) =>
        change is { IsCSharp: true, New: { } text, File.IsTest: false }
            ? text
                .CSharp.All<BinaryExpressionSyntax>()
                .Where(compared => Asks(text.CSharp, compared))
                .Select(compared =>
                    Hit.At(
                        text,
                        compared,
                        Severity.Low,
                        0.8,
                        $"'{compared}' counts everything to learn whether there is anything; use Any()."
                    )
                )
            : [];

    private static bool Asks(CSharpText text, BinaryExpressionSyntax compared) =>
        (Number(compared.Right) is { } right && IsCount(text, compared.Left) && IsAboutNone(compared.Kind(), right))
        || (Number(compared.Left) is { } left && IsCount(text, compared.Right) && IsAboutNone(Mirrored(compared.Kind()), left));

    private static bool IsAboutNone(SyntaxKind comparison, int number) =>
        (comparison, number)
            is
                (SyntaxKind.GreaterThanExpression, 0)
                or
                (SyntaxKind.NotEqualsExpression, 0)
                or
                (SyntaxKind.EqualsExpression, 0)
                or
                (SyntaxKind.LessThanOrEqualExpression, 0)
                or
                (SyntaxKind.GreaterThanOrEqualExpression, 1)
                or
                (SyntaxKind.LessThanExpression, 1);

    private static SyntaxKind Mirrored(SyntaxKind comparison) =>
        comparison switch
        {
            SyntaxKind.GreaterThanExpression => SyntaxKind.LessThanExpression,
            SyntaxKind.LessThanExpression => SyntaxKind.GreaterThanExpression,
            SyntaxKind.GreaterThanOrEqualExpression => SyntaxKind.LessThanOrEqualExpression,
            SyntaxKind.LessThanOrEqualExpression => SyntaxKind.GreaterThanOrEqualExpression,
            _ => comparison,
        };

    private static int? Number(ExpressionSyntax expression) =>
        Origins.Bare(expression) is LiteralExpressionSyntax { Token.Value: int number } ? number : null;

    // An own Count method may be cheap, and its type may have no Any.
    private static bool IsCount(CSharpText text, ExpressionSyntax expression) =>
        Origins.Bare(expression)
            is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "LongCount", Expression: var owner }
            } call
        && text.SymbolOf(call) switch
        {
            IMethodSymbol method => method.ContainingType.ToDisplayString() is "System.Linq.Enumerable" or "System.Linq.Queryable",
            _ => text.TypeOf(owner) is null && call.ArgumentList.Arguments.All(argument => argument.Expression is LambdaExpressionSyntax),
        };
}
