using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopBus.Executor.Tools.Review.Rules;

/// <summary>A C# text as a tree, with a semantic model that knows the framework's types and this file's; others stay unresolved.</summary>
internal sealed class CSharpText
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        string.Concat(
            new[] { "", ".Collections.Generic", ".IO", ".Linq", ".Net.Http", ".Threading", ".Threading.Tasks" }.Select(name =>
                $"global using global::System{name};"
            )
        ),
        Parsing
    );

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Framework = new(() =>
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path =>
                    Path.GetFileName(path) is var name
                    && (
                        name.StartsWith("System.", StringComparison.Ordinal)
                        || name is "mscorlib.dll" or "netstandard.dll" or "Microsoft.Win32.Primitives.dll"
                    )
                )
                .Select(path => MetadataReference.CreateFromFile(path)),
        ]
    );

    private readonly Lazy<SemanticModel> _model;

    public CSharpText(Source source)
    {
        Source = source;
        Tree = CSharpSyntaxTree.ParseText(source.Text, Parsing, source.Path);
        Nesting.Check(Root);
        _model = new(() =>
            CSharpCompilation
                .Create(
                    "Reviewed",
                    [Usings, Tree],
                    Framework.Value,
                    new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable)
                )
                .GetSemanticModel(Tree)
        );
    }

    public Source Source { get; }

    public SyntaxTree Tree { get; }

    public SyntaxNode Root => Tree.GetRoot();

    public SemanticModel Model => _model.Value;

    public IEnumerable<T> All<T>()
        where T : SyntaxNode => Root.DescendantNodes().OfType<T>();

    /// <summary>The type of an expression, or null where it is unknown here.</summary>
    public ITypeSymbol? TypeOf(SyntaxNode expression) =>
        Model.GetTypeInfo(expression).Type is { TypeKind: not TypeKind.Error } type ? type : null;

    /// <summary>The name of an expression's type, be it known or only written here; else empty.</summary>
    public string TypeNameOf(SyntaxNode expression) => Model.GetTypeInfo(expression).Type?.Name ?? "";

    /// <summary>What a name means; where other files' types keep the compiler from being sure, the only thing that it can mean.</summary>
    public ISymbol? SymbolOf(SyntaxNode expression) =>
        Model.GetSymbolInfo(expression) switch
        {
            { Symbol: { } symbol } => symbol,
            { CandidateSymbols: [var only] } => only,
            _ => null,
        };
}
