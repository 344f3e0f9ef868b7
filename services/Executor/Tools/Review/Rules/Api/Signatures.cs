using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Api;

/// <summary>Writes members as their callers are compiled against them: types and ways of passing, without the names of parameters.</summary>
internal static partial class Signatures
{
    private static readonly HashSet<string> ValueTypes =
    [
        "bool",
        "byte",
        "sbyte",
        "short",
        "ushort",
        "int",
        "uint",
        "long",
        "ulong",
        "nint",
        "nuint",
        "char",
        "float",
        "double",
        "decimal",
        "Guid",
        "DateTime",
        "DateTimeOffset",
        "DateOnly",
        "TimeOnly",
        "TimeSpan",
        "CancellationToken",
        "JsonElement",
    ];

    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["String"] = "string",
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Boolean"] = "bool",
        ["Object"] = "object",
    };

    public static IEnumerable<ApiMember> Of(MemberDeclarationSyntax member) =>
        member switch
        {
            MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => [Method(method)],
            ConstructorDeclarationSyntax constructor when !constructor.Modifiers.Any(SyntaxKind.StaticKeyword) =>
            [
                Constructor(constructor, constructor.Identifier, constructor.ParameterList),
            ],
            PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property =>
            [
                Property(property, property.Identifier, property.Identifier.ValueText, ""),
            ],
            IndexerDeclarationSyntax { ExplicitInterfaceSpecifier: null } indexer =>
            [
                Property(indexer, indexer.ThisKeyword, "this[]", Parameters(indexer.ParameterList)),
            ],
            BaseFieldDeclarationSyntax fields => fields.Declaration.Variables.Select(field => Field(fields, field)),
            OperatorDeclarationSyntax operation =>
            [
                Of(
                    operation,
                    operation.OperatorToken,
                    $"operator {operation.OperatorToken.ValueText}",
                    $"{Type(operation.ReturnType)} {Parameters(operation.ParameterList)}"
                ),
            ],
            _ => [],
        };

    public static ApiMember Constructor(MemberDeclarationSyntax node, SyntaxToken name, ParameterListSyntax parameters) =>
        new("", ".ctor", Parameters(parameters), Text(parameters), node, TextSpanOf.From(name, parameters))
        {
            Offers = Defaults(parameters),
        };

    public static string Parameters(BaseParameterListSyntax list) =>
        "("
        + string.Join(
            ", ",
            list.Parameters.Select(parameter =>
                string.Concat(
                    parameter
                        .Modifiers.Where(modifier => modifier.ValueText is "ref" or "out" or "in" or "params")
                        .Select(modifier => modifier.ValueText + " ")
                ) + Type(parameter.Type)
            )
        )
        + ")";

    /// <summary>A type's text without blanks and namespaces, and without the ? that says nothing to the runtime.</summary>
    public static string Type(TypeSyntax? type) =>
        type switch
        {
            null => "",
            NullableTypeSyntax nullable => Type(nullable.ElementType) + (ValueTypes.Contains(nullable.ElementType.ToString()) ? "?" : ""),
            GenericNameSyntax generic =>
                $"{generic.Identifier.ValueText}<{string.Join(",", generic.TypeArgumentList.Arguments.Select(Type))}>",
            ArrayTypeSyntax array => Type(array.ElementType) + string.Concat(array.RankSpecifiers.Select(Text)),
            QualifiedNameSyntax qualified => Type(qualified.Right),
            AliasQualifiedNameSyntax alias => Type(alias.Name),
            TupleTypeSyntax tuple => "(" + string.Join(",", tuple.Elements.Select(element => Type(element.Type))) + ")",
            _ => Keywords.GetValueOrDefault(Text(type), Text(type)),
        };

    public static string Text(SyntaxNode node) => Blanks().Replace(node.WithoutTrivia().ToString(), " ");

    private static ApiMember Method(MethodDeclarationSyntax method)
    {
        var name = method.Identifier.ValueText + (method.TypeParameterList is { } list ? $"`{list.Parameters.Count}" : "");
        var made = Of(method, method.Identifier, name, $"{Type(method.ReturnType)} {Parameters(method.ParameterList)}");
        return made with
        {
            Shown = $"{method.Identifier.ValueText}{method.TypeParameterList}{Text(method.ParameterList)}",
            Where = new(method.ReturnType.SpanStart, method.ParameterList.Span.End),
            Offers = [.. made.Offers, .. Defaults(method.ParameterList)],
            MustBeImplemented = method.Body is null && method.ExpressionBody is null && IsOpen(method),
        };
    }

    private static ApiMember Property(BasePropertyDeclarationSyntax property, SyntaxToken token, string name, string parameters)
    {
        var accessors = property
            .AccessorList?.Accessors.Where(accessor => !accessor.Modifiers.Any(modifier => modifier.ValueText is "private" or "internal"))
            .ToList();
        var made = Of(property, token, name, Type(property.Type) + parameters);
        return made with
        {
            // Who may set may also initialise.
            Offers =
            [
                .. made.Offers,
                .. accessors is null
                    ? ["get"]
                    : accessors.SelectMany(accessor =>
                        accessor.Keyword.ValueText == "set" ? ["set", "init"] : new[] { accessor.Keyword.ValueText }
                    ),
            ],
            Where = new(property.Type.SpanStart, property.AccessorList?.Span.End ?? token.Span.End),
            MustBeImplemented =
                accessors?.TrueForAll(accessor => accessor.Body is null && accessor.ExpressionBody is null) == true && IsOpen(property),
        };
    }

    private static ApiMember Field(BaseFieldDeclarationSyntax fields, VariableDeclaratorSyntax field)
    {
        var happening = fields is EventFieldDeclarationSyntax ? "event " : "";
        var made = Of(fields, field.Identifier, field.Identifier.ValueText, happening + Type(fields.Declaration.Type));
        var fixedAfter = fields.Modifiers.Any(modifier => modifier.ValueText is "readonly" or "const");
        return made with
        {
            Offers =
            [
                .. made.Offers,
                .. happening.Length > 0 ? []
                : fixedAfter ? ["get"]
                : new[] { "get", "set", "init" },
            ],
        };
    }

    private static ApiMember Of(MemberDeclarationSyntax node, SyntaxToken token, string name, string signature)
    {
        var words = node.Modifiers.Select(modifier => modifier.ValueText).ToHashSet();
        // A constant is static too.
        var isStatic = words.Contains("static") || words.Contains("const");
        return new("", name, (isStatic ? "static " : "") + signature, name.Split('`')[0], node, TextSpanOf.From(token))
        {
            Offers =
            [
                .. words.Contains("public") ? new[] { "public" } : [],
                .. words.Overlaps(["virtual", "abstract", "override"]) && !words.Contains("sealed") ? new[] { "override" } : [],
            ],
            Demands = words.Contains("required") ? ["required"] : [],
            IsObsolete = node
                .AttributeLists.SelectMany(list => list.Attributes)
                .Any(attribute => attribute.Name.ToString() is "Obsolete" or "ObsoleteAttribute"),
        };
    }

    private static bool IsOpen(MemberDeclarationSyntax member) =>
        !member.Modifiers.Any(SyntaxKind.StaticKeyword)
        && (member.Parent is InterfaceDeclarationSyntax || member.Modifiers.Any(SyntaxKind.AbstractKeyword));

    private static string[] Defaults(BaseParameterListSyntax list) =>
        [
            .. list
                .Parameters.Select((parameter, index) => parameter.Default is { } value ? $"default {index} {Text(value.Value)}" : null)
                .OfType<string>(),
        ];

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();
}
