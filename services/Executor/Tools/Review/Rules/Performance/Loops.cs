using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Performance;

/// <summary>The loops around a node, in its own method or lambda, the innermost first.</summary>
internal static class Loops
{
    public static IReadOnlyList<StatementSyntax> Around(SyntaxNode node) =>
        [
            .. node.AncestorsAndSelf()
                .TakeWhile(ancestor =>
                    ancestor is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                )
                .OfType<StatementSyntax>()
                .Where(statement => Body(statement) is { } body && body.Span.Contains(node.Span) && !EndsAtOnce(body, node)),
        ];

    /// <summary>The names that each round gives a new value: what the loop declares, and what it sets.</summary>
    public static IReadOnlySet<string> Varying(StatementSyntax loop)
    {
        var declared = loop.DescendantNodes()
            .Select(node =>
                node switch
                {
                    VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                    SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
                    ForEachStatementSyntax each => each.Identifier.ValueText,
                    AssignmentExpressionSyntax { Left: IdentifierNameSyntax name, Parent: not InitializerExpressionSyntax } =>
                        name.Identifier.ValueText,
                    PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } => name.Identifier.ValueText,
                    PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax name } => name.Identifier.ValueText,
                    _ => null,
                }
            );
        return declared.Append((loop as ForEachStatementSyntax)?.Identifier.ValueText).OfType<string>().ToHashSet();
    }

    private static StatementSyntax? Body(StatementSyntax statement) =>
        statement switch
        {
            ForStatementSyntax loop => loop.Statement,
            CommonForEachStatementSyntax loop => loop.Statement,
            WhileStatementSyntax loop => loop.Statement,
            DoStatementSyntax loop => loop.Statement,
            _ => null,
        };

    // A block that returns, throws or breaks after the node runs once.
    private static bool EndsAtOnce(StatementSyntax body, SyntaxNode node) =>
        node.AncestorsAndSelf()
            .TakeWhile(ancestor => ancestor != body.Parent)
            .Any(ancestor =>
                ancestor is ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax
                || (
                    ancestor.Parent is BlockSyntax block
                    && block.Statements.LastOrDefault() is ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax
                )
            );
}
