using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>Certificate validation switched off: a callback that always says yes, or the handler that accepts anything.</summary>
internal sealed class CertificateRule : IRule
{
    private const string AcceptAny = "DangerousAcceptAnyServerCertificateValidator";

    private static readonly HashSet<string> Callbacks =
    [
        "ServerCertificateCustomValidationCallback",
        "ServerCertificateValidationCallback",
        "RemoteCertificateValidationCallback",
        "CertificateValidationCallback",
        "UserCertificateValidationCallback",
        "CertificateValidation",
    ];

    public string Name => "security/certificate-validation";

    public IEnumerable<Hit> Look(Change change) => change is { IsCSharp: true, New: { } text } ? In(text, change.File.IsTest) : [];

    private static IEnumerable<Hit> In(Source source, bool isTest)
    {
        var text = source.CSharp;
        var anything = text.All<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == AcceptAny && !IsNameof(name));
        return anything
            .Concat<SyntaxNode>(Given(text).Where(callback => SaysYes(text, callback)))
            .Select(node =>
                Hit.At(
                    source,
                    node,
                    isTest ? Severity.Medium : Severity.Critical,
                    isTest ? 0.5 : 0.95,
                    "Certificate validation is switched off: anyone on the way can read and change the traffic; trust the one certificate or its authority instead."
                )
            );
    }

    private static IEnumerable<ExpressionSyntax> Given(CSharpText text)
    {
        foreach (var set in text.All<AssignmentExpressionSyntax>())
            if (
                Callbacks.Contains(
                    (set.Left as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText
                        ?? (set.Left as IdentifierNameSyntax)?.Identifier.ValueText
                        ?? ""
                )
            )
                yield return set.Right;

        foreach (var creation in text.All<ObjectCreationExpressionSyntax>())
            if (creation.Type.ToString().Split('.')[^1] is "SslStream" or "RemoteCertificateValidationCallback")
                foreach (var argument in creation.ArgumentList?.Arguments ?? [])
                    yield return argument.Expression;
    }

    private static bool SaysYes(CSharpText text, ExpressionSyntax callback) =>
        Origins.Bare(callback) switch
        {
            AnonymousFunctionExpressionSyntax lambda => IsTrue(lambda.ExpressionBody, lambda.Block),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => text.SymbolOf(callback) is IMethodSymbol method && Body(method),
            _ => false,
        };

    private static bool Body(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            MethodDeclarationSyntax declared => IsTrue(declared.ExpressionBody?.Expression, declared.Body),
            LocalFunctionStatementSyntax local => IsTrue(local.ExpressionBody?.Expression, local.Body),
            _ => false,
        };

    // Every way out says true; one that throws or says anything else is a check.
    private static bool IsTrue(ExpressionSyntax? expression, BlockSyntax? block) =>
        expression?.IsKind(SyntaxKind.TrueLiteralExpression)
        ?? (
            block is not null
            && !block.DescendantNodes().OfType<ThrowStatementSyntax>().Any()
            && block.DescendantNodes().OfType<ReturnStatementSyntax>().ToList() is { Count: > 0 } returns
            && returns.TrueForAll(way => way.Expression.IsKind(SyntaxKind.TrueLiteralExpression))
        );

    private static bool IsNameof(SyntaxNode node) =>
        node.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString() == "nameof");
}
