using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>Where SQL text goes to, and what was said before in the same variable or builder.</summary>
internal static class SqlTarget
{
    /// <summary>Whether the text becomes a FormattableString (whose holes are parameters), a message for people, or a log line.</summary>
    public static bool IsHarmless(CSharpText text, ExpressionSyntax expression)
    {
        var converted = text.Model.GetTypeInfo(expression).ConvertedType?.ToDisplayString();
        if (converted is "System.FormattableString" or "System.IFormattable")
            return true;
        if (
            expression.FirstAncestorOrSelf<ThrowStatementSyntax>() is not null
            || expression.FirstAncestorOrSelf<ThrowExpressionSyntax>() is not null
            || expression.FirstAncestorOrSelf<AttributeSyntax>() is not null
        )
            return true;

        return expression.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            && NameOf(call) is { } method
            && (
                IsParameterizing(method, expression)
                || method.StartsWith("Log", StringComparison.Ordinal)
                || call.Expression.ToString() is "Console.WriteLine" or "Console.Write" or "Console.Error.WriteLine"
            );
    }

    public static bool BeginsWithSql(CSharpText text, ExpressionSyntax target, Regex statement) =>
        InitialText(text, target) is { } initial && statement.IsMatch(initial);

    public static bool IsBuilderOfSql(CSharpText text, ExpressionSyntax owner, InvocationExpressionSyntax call, Regex statement)
    {
        var root = Root(owner);
        if (text.SymbolOf(root) is not ILocalSymbol && root is not ObjectCreationExpressionSyntax)
            return false;

        var scope = call.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var before = scope
            ?.DescendantNodes()
            .OfType<LiteralExpressionSyntax>()
            .Where(literal => literal.SpanStart < call.ArgumentList.SpanStart && BelongsTo(literal, root.ToString()));
        return before is not null && statement.IsMatch(string.Concat(before.Select(literal => literal.Token.ValueText)));
    }

    /// <summary>The literal text that a local begins with, or null.</summary>
    public static string? InitialText(CSharpText text, ExpressionSyntax target) =>
        text.SymbolOf(target) is ILocalSymbol local
        && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? text.Model.GetConstantValue(value) is { HasValue: true, Value: string constant }
                ? constant
                : Origins.Parts(value) is { } parts
                    ? string.Concat(parts.Select(part => part.Literal ?? " x "))
                    : null
            : null;

    /// <summary>Whether callers from outside choose the text: it is, or is in, what a public method of a public type is given.</summary>
    public static bool IsChosenOutside(CSharpText text, ExpressionSyntax expression) =>
        text.SymbolOf(expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } ? owner : expression)
            is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } method }
        && method.DeclaredAccessibility == Accessibility.Public
        && method.ContainingType.DeclaredAccessibility == Accessibility.Public;

    /// <summary>Whether a call's name says that it makes the text safe to use as a name or a list.</summary>
    public static bool IsQuoted(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax call
        && NameOf(call) is { } name
        && (
            name.Contains("Quote", StringComparison.Ordinal)
            || name.Contains("Delimit", StringComparison.Ordinal)
            || name.Contains("Escape", StringComparison.Ordinal)
            || name is "Join"
        );

    private static string? NameOf(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => null,
        };

    // EF Core's methods take a FormattableString; their *Raw siblings take text.
    private static bool IsParameterizing(string method, ExpressionSyntax expression) =>
        expression is InterpolatedStringExpressionSyntax
        && (
            method.Contains("Interpolated", StringComparison.Ordinal)
            || method is "FromSql" or "ExecuteSql" or "ExecuteSqlAsync" or "SqlQuery"
        );

    private static ExpressionSyntax Root(ExpressionSyntax owner) =>
        owner switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } } => Root(inner),
            _ => owner,
        };

    private static bool BelongsTo(LiteralExpressionSyntax literal, string root) =>
        literal.Parent
            is ArgumentSyntax
            {
                Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var owner } }
            }
            ? Root(owner).ToString() == root
            : literal.Parent is ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation }
                && (
                    creation.ToString() == root
                    || creation.Parent?.Parent is VariableDeclaratorSyntax { Identifier.ValueText: var name } && name == root
                );
}
