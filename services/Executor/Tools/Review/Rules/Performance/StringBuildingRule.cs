using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Performance;

/// <summary>A string that grows in a loop: each round copies all that was there before.</summary>
internal sealed class StringBuildingRule : IRule
{
    public string Name => "performance/string-building";

    public IEnumerable<Hit> Look(Change change) =>
        change is { IsCSharp: true, New: { } text, File.IsTest: false }
            ? text
                .CSharp.All<AssignmentExpressionSyntax>()
                .Where(set => Grows(text.CSharp, set))
                .Select(set =>
                    Hit.At(
                        text,
                        set,
                        Severity.Medium,
                        0.85,
                        $"'{set.Left}' grows by a copy of itself in each round of a loop; use a StringBuilder, or string.Join."
                    )
                )
            : [];

    private static bool Grows(CSharpText text, AssignmentExpressionSyntax set) =>
        (set.IsKind(SyntaxKind.AddAssignmentExpression) || (set.IsKind(SyntaxKind.SimpleAssignmentExpression) && IsItself(set)))
        && text.TypeOf(set.Left)?.SpecialType == SpecialType.System_String
        && Performance.Loops.Around(set) is { Count: > 0 } loops
        && LivesOutside(text, set.Left, loops[^1], loops[0]);

    // text = text + more, text = more + text, text = $"{text}…", text = string.Concat(text, …)
    private static bool IsItself(AssignmentExpressionSyntax set) =>
        set.Left is IdentifierNameSyntax
        && Origins.Parts(set.Right) is { } parts
        && parts.Any(part => part.Expression?.ToString() == set.Left.ToString());

    private static bool LivesOutside(CSharpText text, ExpressionSyntax target, StatementSyntax outer, StatementSyntax inner) =>
        text.SymbolOf(target) switch
        {
            ILocalSymbol local => local.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && !inner.Span.Contains(declared.Span),
            IParameterSymbol => true,
            // A property of the round's own item starts anew with each item.
            IFieldSymbol or IPropertySymbol => target is IdentifierNameSyntax
                || (
                    target is MemberAccessExpressionSyntax member
                    && !Performance.Loops.Varying(outer).Contains(member.Expression.ToString().Split('.', '[')[0])
                ),
            _ => false,
        };
}
