using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>XML read with document types or a resolver: a document can then read files, reach other hosts, or swell without end.</summary>
internal sealed class XmlRule : IRule
{
    public string Name => "security/xml-dtd";

    public IEnumerable<Hit> Look(Change change) =>
        change is { IsCSharp: true, New: { } text, File.IsTest: false }
            ? text
                .CSharp.All<AssignmentExpressionSyntax>()
                .Where(set => IsOpen(text.CSharp, set))
                .Select(set =>
                    Hit.At(
                        text,
                        set,
                        Severity.High,
                        0.85,
                        "XML is read with document types or a resolver: a document can read files and reach other hosts; set DtdProcessing.Prohibit and XmlResolver = null."
                    )
                )
            : [];

    private static bool IsOpen(CSharpText text, AssignmentExpressionSyntax set) =>
        Property(set.Left) switch
        {
            "DtdProcessing" => set.Right.ToString().EndsWith("DtdProcessing.Parse", StringComparison.Ordinal),
            "ProhibitDtd" => set.Right.IsKind(SyntaxKind.FalseLiteralExpression),
            "XmlResolver" => IsXml(text, set) && !IsClosed(text, set.Right),
            _ => false,
        };

    private static string? Property(ExpressionSyntax left) =>
        left switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            IdentifierNameSyntax name => name.Identifier.ValueText,
            _ => null,
        };

    private static bool IsClosed(CSharpText text, ExpressionSyntax value) =>
        Origins.Bare(value).IsKind(SyntaxKind.NullLiteralExpression)
        || value.ToString().EndsWith("ThrowingResolver", StringComparison.Ordinal)
        || text.TypeOf(value)?.Name is "XmlSecureResolver" or "XmlPreloadedResolver"
        || (text.SymbolOf(value) is ILocalSymbol local && Origins.OnlyValue(text, local) is { } only && IsClosed(text, only));

    private static bool IsXml(CSharpText text, AssignmentExpressionSyntax set)
    {
        var owner =
            set.Left is MemberAccessExpressionSyntax member ? text.TypeOf(member.Expression)
            : set.Parent?.Parent is BaseObjectCreationExpressionSyntax creation ? text.TypeOf(creation)
            : null;
        return owner is null || owner.ContainingNamespace.ToDisplayString().StartsWith("System.Xml", StringComparison.Ordinal);
    }
}
