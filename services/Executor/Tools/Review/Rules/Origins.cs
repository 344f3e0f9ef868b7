using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules;

/// <summary>Tells where an expression's text comes from, and what a text is put together of.</summary>
internal static partial class Origins
{
    private const int Depth = 4;

    private static readonly HashSet<string> ValueTypes =
    [
        "Guid",
        "DateTime",
        "DateTimeOffset",
        "DateOnly",
        "TimeOnly",
        "TimeSpan",
        "Version",
    ];

    public static Origin Of(CSharpText text, ExpressionSyntax expression, int depth = 0)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        expression = Bare(expression);
        if (text.Model.GetConstantValue(expression).HasValue)
            return Origin.Constant;
        if (Parts(expression) is { } parts)
            return parts.Select(part => Of(text, part, depth + 1)).DefaultIfEmpty(Origin.Constant).Max();
        if (text.TypeOf(expression) is { } type && IsValue(type))
            return Origin.Value;
        if (expression is ConditionalExpressionSyntax choice)
            return Max(Of(text, choice.WhenTrue, depth + 1), Of(text, choice.WhenFalse, depth + 1));
        if (expression is SwitchExpressionSyntax cases)
            return cases
                .Arms.Select(arm => arm.Expression is ThrowExpressionSyntax ? Origin.Constant : Of(text, arm.Expression, depth + 1))
                .Max();

        return text.SymbolOf(expression) switch
        {
            ILocalSymbol local when depth < Depth && OnlyValue(text, local) is { } value => Of(text, value, depth + 1),
            // What a primary constructor was given serves as a field.
            IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }
                when expression.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null => Origin.Setting,
            IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true }, IsStatic: true } =>
                Origin.Setting,
            null
                when expression
                    is MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: [>= 'A' and <= 'Z', ..] }
                    && owner.ToString() is [>= 'A' and <= 'Z', ..] => Origin.Setting,
            null when expression is IdentifierNameSyntax { Identifier.ValueText: [>= 'A' and <= 'Z', ..] } => Origin.Setting,
            _ => Origin.Text,
        };
    }

    public static Origin Of(CSharpText text, Piece piece, int depth = 0) =>
        piece.Expression is { } expression ? Of(text, expression, depth) : Origin.Constant;

    /// <summary>The pieces of a concatenation, interpolation, string.Format or string.Concat, in order; null for another expression.</summary>
    public static IReadOnlyList<Piece>? Parts(ExpressionSyntax expression) =>
        Bare(expression) switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Summands(sum),
            InterpolatedStringExpressionSyntax interpolated => [.. interpolated.Contents.Select(Piece.Of)],
            InvocationExpressionSyntax call when IsStringMethod(call, "Format") => Formatted([
                .. call.ArgumentList.Arguments.Select(argument => argument.Expression),
            ]),
            InvocationExpressionSyntax call when IsStringMethod(call, "Concat") =>
            [
                .. call.ArgumentList.Arguments.Select(argument => Piece.Of(argument.Expression)),
            ],
            _ => null,
        };

    /// <summary>Whether the expression is a text put together of more than constants: concatenated, interpolated or formatted.</summary>
    public static bool IsBuilt(CSharpText text, ExpressionSyntax expression) =>
        Parts(expression) is { } parts && parts.Any(part => Of(text, part) is Origin.Text);

    public static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax inner:
                    expression = inner.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure:
                    expression = sure.Operand;
                    break;
                default:
                    return expression;
            }
        }
    }

    /// <summary>The one value that a local ever has, or null where it is set again.</summary>
    public static ExpressionSyntax? OnlyValue(CSharpText text, ILocalSymbol local)
    {
        if (
            local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
            is not VariableDeclaratorSyntax { Initializer.Value: var value } declarator
        )
            return null;

        var scope = declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? declarator.SyntaxTree.GetRoot();
        return scope
            .DescendantNodes()
            .OfType<AssignmentExpressionSyntax>()
            .Any(set => set.Left is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name)
            ? null
            : value;
    }

    // a + b + c + … leans to the left and may be thousands long: a loop, where calls would use up the stack.
    private static List<Piece> Summands(ExpressionSyntax sum)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var pieces = new List<Piece>();
        for (; sum is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } last; sum = Bare(last.Left))
            pieces.AddRange((Parts(last.Right) ?? [Piece.Of(last.Right)]).Reverse());
        pieces.AddRange((Parts(sum) ?? [Piece.Of(sum)]).Reverse());
        pieces.Reverse();
        return pieces;
    }

    private static bool IsStringMethod(InvocationExpressionSyntax call, string name) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: var called }
        && called == name
        && owner.ToString() is "string" or "String" or "System.String";

    // "… {0} …" with its arguments where they go; where the format is no literal, one after the other.
    private static IReadOnlyList<Piece> Formatted(IReadOnlyList<ExpressionSyntax> arguments)
    {
        var at = arguments.Index().FirstOrDefault(argument => Piece.Of(argument.Item).Literal is not null, (-1, null!)).Item1;
        return at < 0
            ? [.. arguments.Select(Piece.Of)]
            :
            [
                .. Hole()
                    .Split(Piece.Of(arguments[at]).Literal!)
                    .Select(
                        (part, index) =>
                            index % 2 == 0 ? new Piece(part, null)
                            : int.Parse(part, CultureInfo.InvariantCulture) + at + 1 is var given && given < arguments.Count
                                ? Piece.Of(arguments[given])
                            : new Piece("", null)
                    ),
            ];
    }

    [GeneratedRegex(@"\{(?<argument>\d{1,3})[^{}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();

    private static bool IsValue(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || ValueTypes.Contains(type.Name)
        || (type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Char)
        || (
            type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] }
            && IsValue(inner)
        );

    private static Origin Max(Origin left, Origin right) => left > right ? left : right;
}
