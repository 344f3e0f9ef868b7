using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>SQL put together with text that is not constant; interpolation that becomes parameters (FormattableString) is none.</summary>
internal sealed partial class SqlRule : IRule
{
    public string Name => "security/sql-injection";

    public IEnumerable<Hit> Look(Change change) =>
        change is { IsCSharp: true, New: { } text, File.IsTest: false } ? Built(text).Concat(Appended(text)) : [];

    private static IEnumerable<Hit> Built(Source source)
    {
        var text = source.CSharp;
        foreach (var expression in text.All<ExpressionSyntax>().Where(IsWhole))
            if (
                Origins.Parts(expression) is { } parts
                && Sql(text, parts)
                && !SqlTarget.IsHarmless(text, expression)
                && Worst(text, parts) is { } hit
            )
                yield return Say(source, expression, hit);
    }

    // sql += value, and builder.Append(value) after SQL
    private static IEnumerable<Hit> Appended(Source source)
    {
        var text = source.CSharp;
        foreach (var set in text.All<AssignmentExpressionSyntax>().Where(set => set.IsKind(SyntaxKind.AddAssignmentExpression)))
            if (
                SqlTarget.BeginsWithSql(text, set.Left, Statement())
                && Worst(text, [new(Before(text, set), null), .. Origins.Parts(set.Right) ?? [Piece.Of(set.Right)]]) is { } hit
            )
                yield return Say(source, set, hit);

        foreach (var call in text.All<InvocationExpressionSyntax>())
            if (
                call
                    is {
                        Expression: MemberAccessExpressionSyntax
                        {
                            Name.Identifier.ValueText: "Append" or "AppendLine",
                            Expression: var owner
                        },
                        ArgumentList.Arguments: [{ Expression: var value }]
                    }
                && SqlTarget.IsBuilderOfSql(text, owner, call, Statement())
                && !(Origins.Parts(value) is { } parts && Sql(text, parts))
                && Worst(text, [new("= ", null), .. Origins.Parts(value) ?? [Piece.Of(value)]]) is { } hit
            )
                yield return Say(source, value, hit);
    }

    private static string Before(CSharpText text, AssignmentExpressionSyntax set) => SqlTarget.InitialText(text, set.Left) ?? "= ";

    private static Hit Say(Source source, ExpressionSyntax at, (Severity Severity, double Confidence) hit) =>
        Hit.At(
            source,
            at,
            hit.Severity,
            hit.Confidence,
            "SQL is put together with a value: whoever chooses the value can change the statement; give it as a parameter."
        );

    // The outermost concatenation or interpolation only: its parts are read with it.
    private static bool IsWhole(ExpressionSyntax expression) =>
        expression
            is InterpolatedStringExpressionSyntax
                or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }
                or InvocationExpressionSyntax
        && !expression
            .Ancestors()
            .TakeWhile(node => node is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax)
            .Any(node =>
                node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }
                || (node is InvocationExpressionSyntax call && Origins.Parts(call) is not null)
            );

    private static bool Sql(CSharpText text, IReadOnlyList<Piece> parts) =>
        Statement().IsMatch(string.Concat(parts.Select(part => Literal(text, part) ?? " x ")));

    private static string? Literal(CSharpText text, Piece part) =>
        part.Literal
        ?? (
            part.Expression is { } expression && text.Model.GetConstantValue(expression) is { HasValue: true, Value: string constant }
                ? constant
                : null
        );

    private static (Severity Severity, double Confidence)? Worst(CSharpText text, IReadOnlyList<Piece> parts)
    {
        (Severity, double)? worst = null;
        var before = new StringBuilder();
        foreach (var (index, part) in parts.Index())
        {
            if (Literal(text, part) is not { } literal)
            {
                var after = index + 1 < parts.Count ? Literal(text, parts[index + 1]) ?? "" : "";
                var found = Of(text, part.Expression!, before.ToString(), after);
                worst = worst is null || (found is { } worse && worse.Confidence > worst.Value.Item2) ? found : worst;
                literal = " x";
            }

            before.Append(literal);
        }

        return worst;
    }

    private static (Severity Severity, double Confidence)? Of(CSharpText text, ExpressionSyntax expression, string before, string after) =>
        Origins.Of(text, expression) switch
        {
            Origin.Constant => null,
            // A parameter's name is being built (@p1), not a value.
            _ when ParameterName().IsMatch(before) => null,
            Origin.Value => (Severity.Medium, 0.65),
            Origin.Setting => (Severity.Medium, 0.5),
            _ when SqlTarget.IsQuoted(expression) => (Severity.Medium, 0.5),
            _ when ValuePlace().IsMatch(before) && !Compared().IsMatch(after) => (Severity.Critical, 0.85),
            // Names and clauses cannot be parameters, and mostly come from the program itself: we speak up where strangers choose them.
            _ => (Severity.High, SqlTarget.IsChosenOutside(text, expression) ? 0.65 : 0.5),
        };

    [GeneratedRegex(
        """
            (^|[\s("'])(
              SELECT\s[\s\S]*?\sFROM\s | INSERT\s+INTO\s | UPDATE\s+\S+\s+SET\s | DELETE\s+FROM\s | MERGE\s+INTO\s | TRUNCATE\s+TABLE\s | (DROP|ALTER|CREATE)\s+(TABLE|SCHEMA|DATABASE|INDEX|USER|ROLE|VIEW)\s
              | EXEC(UTE)?\s+\w+ | WHERE\s+[\w."\[\]]+\s*(=|<|>|LIKE|IN)
            )
            | ^\s*(select\s[\s\S]*?\sfrom\s+\S+(\s|$) | insert\s+into\s+\S+\s*(\(|values|select) | update\s+\S+\s+set\s+[\w."\[\]]+\s*= | delete\s+from\s+\S+\s+where\s)
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        1000
    )]
    private static partial Regex Statement();

    // After an operator, inside quotes, or in a list of values.
    [GeneratedRegex(
        """
            (=|<|>|\b(I?LIKE|BETWEEN|LIMIT|OFFSET|TOP|THEN|ELSE))\s*\(?\s*["'%]*$ | \b(VALUES|IN)\s*\((?!\s*SELECT)[^)]*$ | ^[^']*('[^']*'[^']*)*'[^']*$ | \bWHERE\b.*\bAND\s*$ | \bEXEC(UTE)?\s+[\w.]+(\s+.*)?\s$
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex ValuePlace();

    // What is compared with something is a column.
    [GeneratedRegex(@"^\s*(=|<|>|!=|LIKE\b|IN\b|IS\b|BETWEEN\b)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Compared();

    [GeneratedRegex(@"[@:$]\w*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ParameterName();
}
