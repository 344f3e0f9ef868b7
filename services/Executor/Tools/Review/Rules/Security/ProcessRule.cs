using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>A process started with a command line that is put together: a value with a blank or a quote becomes more arguments, or another command.</summary>
internal sealed class ProcessRule : IRule
{
    public string Name => "security/process-arguments";

    public IEnumerable<Hit> Look(Change change) => change is { IsCSharp: true, New: { } text, File.IsTest: false } ? In(text) : [];

    private static IEnumerable<Hit> In(Source source)
    {
        var text = source.CSharp;
        return Lines(text)
            .Where(line => IsBuilt(text, line))
            .Select(line =>
                Hit.At(
                    source,
                    line,
                    Severity.High,
                    0.85,
                    "A process starts with a command line that is put together; give each argument by itself in ArgumentList."
                )
            );
    }

    private static IEnumerable<ExpressionSyntax> Lines(CSharpText text)
    {
        foreach (var call in text.All<InvocationExpressionSyntax>())
            if (
                call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start", Expression: var owner }
                && IsNamed(owner, "Process")
            )
                foreach (var argument in call.ArgumentList.Arguments.Take(2))
                    yield return argument.Expression;

        foreach (var creation in text.All<BaseObjectCreationExpressionSyntax>().Where(creation => IsStartInfo(text, creation)))
        foreach (var argument in creation.ArgumentList?.Arguments.Take(2) ?? [])
            yield return argument.Expression;

        foreach (var set in text.All<AssignmentExpressionSyntax>())
            if (
                set.Left is IdentifierNameSyntax { Identifier.ValueText: "Arguments" } && IsInStartInfo(text, set.Parent?.Parent)
                || set.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Arguments", Expression: var owner }
                    && (text.TypeNameOf(owner) == "ProcessStartInfo" || owner.ToString().EndsWith("StartInfo", StringComparison.Ordinal))
            )
                yield return set.Right;

        foreach (var script in Shell(text))
            yield return script;
    }

    // ArgumentList = { "-c", script }: the shell takes the script apart again.
    private static IEnumerable<ExpressionSyntax> Shell(CSharpText text)
    {
        foreach (var list in text.All<InitializerExpressionSyntax>())
            if (
                list is
                {
                    Parent: AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "ArgumentList" } },
                    Expressions: [LiteralExpressionSyntax { Token.Value: "-c" or "/c" or "/C" or "-Command" }, var script, ..]
                }
            )
                yield return script;

        foreach (var calls in text.All<BlockSyntax>())
        foreach (var (first, second) in calls.Statements.Zip(calls.Statements.Skip(1)))
            if (Added(first) is LiteralExpressionSyntax { Token.Value: "-c" or "/c" or "/C" or "-Command" } && Added(second) is { } script)
                yield return script;
    }

    private static ExpressionSyntax? Added(StatementSyntax statement) =>
        statement
            is ExpressionStatementSyntax
            {
                Expression: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax
                    {
                        Name.Identifier.ValueText: "Add",
                        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ArgumentList" }
                    },
                    ArgumentList.Arguments: [{ Expression: var value }]
                }
            }
            ? value
            : null;

    private static bool IsBuilt(CSharpText text, ExpressionSyntax line) =>
        Origins.IsBuilt(text, line)
        || (
            text.SymbolOf(line) is Microsoft.CodeAnalysis.ILocalSymbol local
            && Origins.OnlyValue(text, local) is { } value
            && Origins.IsBuilt(text, value)
        );

    // new ProcessStartInfo { Arguments = … }, and new Process { StartInfo = { Arguments = … } }
    private static bool IsInStartInfo(CSharpText text, Microsoft.CodeAnalysis.SyntaxNode? holder) =>
        holder is BaseObjectCreationExpressionSyntax creation
            ? IsStartInfo(text, creation)
            : holder is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "StartInfo" } };

    private static bool IsStartInfo(CSharpText text, BaseObjectCreationExpressionSyntax creation) =>
        creation is ObjectCreationExpressionSyntax { Type: var type }
            ? IsNamed(type, "ProcessStartInfo")
            : text.TypeNameOf(creation) == "ProcessStartInfo";

    private static bool IsNamed(Microsoft.CodeAnalysis.SyntaxNode node, string name) =>
        node.ToString() is var text && (text == name || text.EndsWith("." + name, StringComparison.Ordinal));
}
