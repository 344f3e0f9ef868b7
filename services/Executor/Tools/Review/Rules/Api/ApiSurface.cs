using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Api;

/// <summary>The public and protected members that a C# text declares, its types among them.</summary>
internal static class ApiSurface
{
    public static IReadOnlyList<ApiMember> Of(SyntaxNode root) =>
        [.. root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(node => IsType(node) && IsVisibleType(node)).SelectMany(OfType)];

    /// <summary>The names of all types that a text declares, visible or not: full, and whether each is partial.</summary>
    public static IEnumerable<(string Full, string Short, bool Partial)> Types(SyntaxNode root) =>
        root.DescendantNodes()
            .OfType<MemberDeclarationSyntax>()
            .Where(IsType)
            .Select(type => (FullName(type), NameOf(type).ValueText, Has(type, SyntaxKind.PartialKeyword)));

    private static IEnumerable<ApiMember> OfType(MemberDeclarationSyntax type)
    {
        var (full, name) = (FullName(type), NameOf(type).ValueText);
        yield return ItSelf(type, full, name);

        var members = type switch
        {
            EnumDeclarationSyntax choices => choices.Members.Select((choice, index) => Choice(choices, choice, index)),
            TypeDeclarationSyntax declared => OfPrimary(declared)
                .Concat(declared.Members.Where(member => IsVisible(member, declared)).SelectMany(Signatures.Of)),
            _ => [],
        };
        foreach (var member in members)
            yield return member with
            {
                Type = full,
                Shown = $"{name}{(member.Shown[0] == '(' ? "" : ".")}{member.Shown}",
                IsObsolete = member.IsObsolete || IsObsolete(type),
            };
    }

    private static ApiMember ItSelf(MemberDeclarationSyntax type, string full, string name) =>
        new(full, "", Kind(type), $"{Kind(type).Split(' ')[0]} {name}", type, TextSpanOf.From(NameOf(type)))
        {
            IsObsolete = IsObsolete(type),
            // Callers derive from what is not sealed, and make what is not abstract.
            Demands = [.. type.Modifiers.Select(modifier => modifier.ValueText).Where(word => word is "sealed" or "abstract" or "static")],
        };

    // A primary constructor, a record's properties, and the constructor that a class has where it declares none.
    private static IEnumerable<ApiMember> OfPrimary(TypeDeclarationSyntax type)
    {
        if (type.ParameterList is { } primary)
        {
            yield return Signatures.Constructor(type, type.Identifier, primary);
            foreach (var parameter in type is RecordDeclarationSyntax ? primary.Parameters : [])
                yield return new(
                    "",
                    parameter.Identifier.ValueText,
                    Signatures.Type(parameter.Type),
                    parameter.Identifier.ValueText,
                    parameter,
                    TextSpanOf.From(parameter.Identifier)
                )
                {
                    Offers = ["get", "init"],
                };
        }
        else if (
            type is ClassDeclarationSyntax
            && !new[] { SyntaxKind.StaticKeyword, SyntaxKind.AbstractKeyword, SyntaxKind.PartialKeyword }.Any(kind => Has(type, kind))
            && !type.Members.OfType<ConstructorDeclarationSyntax>().Any(constructor => !Has(constructor, SyntaxKind.StaticKeyword))
        )
        {
            yield return new("", ".ctor", "()", "()", type, TextSpanOf.From(type.Identifier));
        }
    }

    private static ApiMember Choice(EnumDeclarationSyntax choices, EnumMemberDeclarationSyntax choice, int index)
    {
        var given = choices
            .Members.Take(index + 1)
            .Select((member, at) => (member, at))
            .LastOrDefault(item => item.member.EqualsValue is not null);
        var value =
            given.member is null ? $"{index}"
            : index == given.at ? Signatures.Text(given.member.EqualsValue!.Value)
            : $"{Signatures.Text(given.member.EqualsValue!.Value)} + {index - given.at}";
        return new("", choice.Identifier.ValueText, value, choice.Identifier.ValueText, choice, TextSpanOf.From(choice.Identifier, choice))
        {
            IsObsolete = IsObsolete(choice),
        };
    }

    private static string FullName(SyntaxNode type) =>
        string.Join(
            '.',
            type.AncestorsAndSelf()
                .Reverse()
                .Select(node =>
                    node switch
                    {
                        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
                        TypeDeclarationSyntax { TypeParameterList: { } list } declared =>
                            $"{declared.Identifier.ValueText}`{list.Parameters.Count}",
                        DelegateDeclarationSyntax { TypeParameterList: { } list } declared =>
                            $"{declared.Identifier.ValueText}`{list.Parameters.Count}",
                        MemberDeclarationSyntax member when IsType(member) => NameOf(member).ValueText,
                        _ => null,
                    }
                )
                .OfType<string>()
        );

    private static bool IsType(MemberDeclarationSyntax node) => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static SyntaxToken NameOf(MemberDeclarationSyntax type) =>
        type is DelegateDeclarationSyntax called ? called.Identifier : ((BaseTypeDeclarationSyntax)type).Identifier;

    private static string Kind(MemberDeclarationSyntax type) =>
        type switch
        {
            DelegateDeclarationSyntax called =>
                $"delegate {Signatures.Type(called.ReturnType)} {Signatures.Parameters(called.ParameterList)}",
            StructDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: (int)SyntaxKind.StructKeyword } => "struct",
            InterfaceDeclarationSyntax => "interface",
            EnumDeclarationSyntax => "enum",
            _ => "class",
        };

    private static bool IsVisibleType(MemberDeclarationSyntax type) =>
        type.AncestorsAndSelf()
            .OfType<MemberDeclarationSyntax>()
            .Where(IsType)
            .All(node =>
                Has(node, SyntaxKind.PublicKeyword)
                || node.Parent is InterfaceDeclarationSyntax
                || (node.Parent is TypeDeclarationSyntax && Has(node, SyntaxKind.ProtectedKeyword))
            );

    private static bool IsVisible(MemberDeclarationSyntax member, TypeDeclarationSyntax type) =>
        Has(member, SyntaxKind.PublicKeyword)
        || (Has(member, SyntaxKind.ProtectedKeyword) && !Has(member, SyntaxKind.PrivateKeyword) && !Has(type, SyntaxKind.SealedKeyword))
        || (type is InterfaceDeclarationSyntax && !Has(member, SyntaxKind.PrivateKeyword) && !Has(member, SyntaxKind.InternalKeyword));

    private static bool IsObsolete(MemberDeclarationSyntax member) =>
        member
            .AttributeLists.SelectMany(list => list.Attributes)
            .Any(attribute => attribute.Name.ToString() is "Obsolete" or "ObsoleteAttribute");

    private static bool Has(MemberDeclarationSyntax member, SyntaxKind kind) => member.Modifiers.Any(kind);
}
