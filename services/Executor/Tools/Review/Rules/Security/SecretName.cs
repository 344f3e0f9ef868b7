using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>Names whose values are secrets, and the name that a C# literal is given to.</summary>
internal static partial class SecretName
{
    public static bool Is(string name) => Secret().IsMatch(name);

    public static bool IsPassword(string name) => Password().IsMatch(name);

    /// <summary>The secret's name behind which a literal stands: variable, property, argument, key of a dictionary; null where it is none.</summary>
    public static string? Of(LiteralExpressionSyntax literal)
    {
        SyntaxNode value = literal;
        while (
            value.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax
            || value.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && coalesce.Right == value
        )
            value = value.Parent;
        return Given(value) is { } name && Is(name) ? name : null;
    }

    private static string? Given(SyntaxNode value) =>
        value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            EqualsValueClauseSyntax { Parent: ParameterSyntax parameter } => parameter.Identifier.ValueText,
            ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            AssignmentExpressionSyntax set when set.Right == value => Target(set.Left),
            ArgumentSyntax { NameColon: { } named } => named.Name.Identifier.ValueText,
            ArgumentSyntax argument => BesideKey(argument.Parent, argument),
            AttributeArgumentSyntax { NameEquals: { } named } => named.Name.Identifier.ValueText,
            InitializerExpressionSyntax
            {
                RawKind: (int)SyntaxKind.ComplexElementInitializerExpression,
                Expressions: [LiteralExpressionSyntax key, var second]
            } when second == value => key.Token.ValueText,
            _ => null,
        };

    private static string? Target(ExpressionSyntax left) =>
        left switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => key.Token.ValueText,
            ImplicitElementAccessSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => key.Token.ValueText,
            _ => null,
        };

    // Add("password", "…"), new NetworkCredential("user", "…"), KeyValuePair.Create("token", "…")
    private static string? BesideKey(SyntaxNode? list, ArgumentSyntax argument) =>
        list switch
        {
            ArgumentListSyntax { Parent: ObjectCreationExpressionSyntax { Type: var type }, Arguments: [_, var second, ..] }
                when second == argument && type.ToString().EndsWith("NetworkCredential", StringComparison.Ordinal) => "password",
            ArgumentListSyntax
            {
                Parent: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax
                    {
                        Name.Identifier.ValueText: "Add" or "TryAdd" or "Create" or "SetEnvironmentVariable" or "UseSetting"
                    }
                },
                Arguments: [{ Expression: LiteralExpressionSyntax key }, var second]
            } when second == argument => key.Token.ValueText,
            _ => null,
        };

    [GeneratedRegex(
        @"(^|[_.:-]|[a-z0-9](?=[A-Z]))(password|passwd|pwd|passphrase|secret|secret[_-]?key|api[_-]?key|access[_-]?key|account[_-]?key|signing[_-]?key|encryption[_-]?key|private[_-]?key|(auth|access|bearer|api|refresh|session)[_-]?token|client[_-]?secret|credential|token)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Secret();

    [GeneratedRegex(@"(password|passwd|pwd|passphrase)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Password();
}
