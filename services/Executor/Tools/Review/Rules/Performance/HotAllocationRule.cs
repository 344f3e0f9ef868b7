using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Performance;

/// <summary>In a loop: something costly that is made anew each round, though it could be made once, or an array of fixed size that never leaves its round. In nested loops: any such collection.</summary>
internal sealed class HotAllocationRule : IRule
{
    private static readonly HashSet<string> Costly =
    [
        "Regex",
        "HttpClient",
        "HttpClientHandler",
        "SocketsHttpHandler",
        "JsonSerializerOptions",
        "XmlSerializer",
        "DataContractSerializer",
        "Random",
    ];

    private static readonly HashSet<string> Buffers =
    [
        "List",
        "Dictionary",
        "HashSet",
        "StringBuilder",
        "MemoryStream",
        "Queue",
        "Stack",
        "SortedDictionary",
        "SortedSet",
        "LinkedList",
    ];

    public string Name => "performance/hot-loop-allocation";

    public IEnumerable<Hit> Look(Change change) => change is { IsCSharp: true, New: { } text, File.IsTest: false } ? In(text) : [];

    private static IEnumerable<Hit> In(Source source)
    {
        var text = source.CSharp;
        foreach (
            var creation in text.All<ExpressionSyntax>()
                .Where(node => node is BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax)
        )
        {
            var loops = Performance.Loops.Around(creation);
            if (loops.Count == 0)
                continue;

            var type = TypeName(text, creation);
            if (Costly.Contains(type) && !Uses(creation, Performance.Loops.Varying(loops[0])))
                yield return Hit.At(
                    source,
                    creation,
                    Severity.Medium,
                    0.8,
                    $"Each round of the loop makes a {type}, which is costly; make it once, before the loop."
                );
            else if (
                (IsFixedArray(text, creation) || (loops.Count > 1 && (creation is ArrayCreationExpressionSyntax || Buffers.Contains(type))))
                && !Uses(creation, Performance.Loops.Varying(loops[0]))
                && StaysInside(text, creation)
            )
                yield return Hit.At(
                    source,
                    creation,
                    Severity.Low,
                    0.65,
                    "The loop makes a new buffer in each round, though it never leaves it; make it once, and clear it."
                );
        }
    }

    private static string TypeName(CSharpText text, ExpressionSyntax creation) =>
        creation switch
        {
            ObjectCreationExpressionSyntax { Type: GenericNameSyntax generic } => generic.Identifier.ValueText,
            ObjectCreationExpressionSyntax { Type: var type } => type.ToString().Split('<')[0].Split('.')[^1],
            _ => text.TypeOf(creation)?.Name ?? "",
        };

    private static bool IsFixedArray(CSharpText text, ExpressionSyntax creation) =>
        creation is ArrayCreationExpressionSyntax { Initializer: null, Type.RankSpecifiers: [{ Sizes: [var size] }] }
        && text.Model.GetConstantValue(size).HasValue;

    // What fills a buffer or reads it, and does not keep it.
    private static bool IsLent(ArgumentSyntax argument) =>
        argument.Parent?.Parent
            is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "Read"
                        or "ReadAsync"
                        or "ReadExactly"
                        or "ReadExactlyAsync"
                        or "Fill"
                        or "NextBytes"
                        or "GetBytes"
                        or "Write"
                        or "WriteAsync"
                }
            };

    private static bool Uses(ExpressionSyntax creation, IReadOnlySet<string> names) =>
        creation.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText));

    // A local that is only asked, filled and read where it is: nobody else holds it after the round.
    private static bool StaysInside(CSharpText text, ExpressionSyntax creation)
    {
        if (
            creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
            || text.Model.GetDeclaredSymbol(variable) is not ILocalSymbol local
        )
            return false;

        var scope = variable.FirstAncestorOrSelf<BlockSyntax>();
        return scope is not null
            && scope
                .DescendantNodes()
                .OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.ValueText == local.Name)
                .All(name =>
                    name.Parent is ElementAccessExpressionSyntax element && element.Expression == name
                    || name.Parent is MemberAccessExpressionSyntax member
                        && member.Expression == name
                        && member.Name.Identifier.ValueText
                            is not ("AsSpan" or "AsMemory" or "AsReadOnly" or "GetBuffer" or "Select" or "Where")
                    || name.Parent is ArgumentSyntax argument && IsLent(argument)
                    || name.Parent is ForEachStatementSyntax each && each.Expression == name
                );
    }
}
