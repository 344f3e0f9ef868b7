using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopBus.Executor.Tools.Review.Rules.Security;

/// <summary>Hashes and ciphers that are broken: MD5, SHA-1, DES, Triple DES, RC2, and any cipher in ECB mode.</summary>
internal sealed class WeakCryptoRule : IRule
{
    private static readonly Dictionary<string, string> Broken = new()
    {
        ["MD5"] = "MD5",
        ["MD5CryptoServiceProvider"] = "MD5",
        ["MD5Cng"] = "MD5",
        ["HMACMD5"] = "MD5",
        ["SHA1"] = "SHA-1",
        ["SHA1Managed"] = "SHA-1",
        ["SHA1CryptoServiceProvider"] = "SHA-1",
        ["SHA1Cng"] = "SHA-1",
        ["DES"] = "DES",
        ["DESCryptoServiceProvider"] = "DES",
        ["TripleDES"] = "Triple DES",
        ["TripleDESCryptoServiceProvider"] = "Triple DES",
        ["TripleDESCng"] = "Triple DES",
        ["RC2"] = "RC2",
        ["RC2CryptoServiceProvider"] = "RC2",
    };

    public string Name => "security/weak-crypto";

    public IEnumerable<Hit> Look(Change change) =>
        change is { IsCSharp: true, New: { } text, File.IsTest: false }
            ? Used(text.CSharp)
                .Select(used =>
                    Hit.At(
                        text,
                        used.Node,
                        used.Name is "MD5" or "SHA-1" ? Severity.Medium : Severity.High,
                        0.8,
                        used.Name is "MD5" or "SHA-1"
                            ? $"{used.Name} is broken as a cryptographic hash; use SHA256."
                            : $"{used.Name} is too weak to keep anything secret; use AesGcm."
                    )
                )
            : [];

    private static IEnumerable<(SyntaxNode Node, string Name)> Used(CSharpText text)
    {
        foreach (var name in text.All<IdentifierNameSyntax>())
        {
            var word = name.Identifier.ValueText;
            if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            {
                if (word == "ECB" && access.Expression.ToString().EndsWith("CipherMode", StringComparison.Ordinal))
                    yield return (access, "ECB");
                else if (word is "MD5" or "SHA1" && access.Expression.ToString().EndsWith("HashAlgorithmName", StringComparison.Ordinal))
                    yield return (access, Broken[word]);
                else if (
                    Broken.TryGetValue(word, out var full)
                    && access.Parent is MemberAccessExpressionSyntax outer
                    && outer.Expression == access
                    && IsFrameworks(text, name)
                )
                    yield return (name, full);
            }
            else if (Broken.TryGetValue(word, out var algorithm) && IsUse(name) && IsFrameworks(text, name))
            {
                yield return (name, algorithm);
            }
        }

        foreach (var call in text.All<InvocationExpressionSyntax>())
            if (
                call is
                {
                    Expression: MemberAccessExpressionSyntax member,
                    ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string asked } }, ..]
                }
            )
            {
                if (
                    member.ToString().Split('.')[^2..]
                        is [
                            "HashAlgorithm"
                            or "SymmetricAlgorithm"
                            or "CryptoConfig"
                            or "HMAC"
                            or "KeyedHashAlgorithm",
                            "Create"
                            or "CreateFromName",
                        ]
                    && Broken.TryGetValue(asked.Replace("-", ""), out var algorithm)
                )
                    yield return (call, algorithm);
            }

        foreach (var member in text.All<MemberAccessExpressionSyntax>())
            if (member.Name.Identifier.ValueText is "EncryptEcb" or "DecryptEcb" or "TryEncryptEcb" or "TryDecryptEcb")
                yield return (member.Name, "ECB");
    }

    // MD5.Create(), new MD5Managed(), new Cryptography.MD5Cng(): not nameof, a type of a parameter, or a using.
    private static bool IsUse(IdentifierNameSyntax name) =>
        name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression == name,
            ObjectCreationExpressionSyntax => true,
            QualifiedNameSyntax { Parent: ObjectCreationExpressionSyntax } qualified => qualified.Right == name,
            _ => false,
        } && !name.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression.ToString() == "nameof");

    // An own type or enum member of the same name is another thing.
    private static bool IsFrameworks(CSharpText text, IdentifierNameSyntax name) =>
        text.SymbolOf(name) switch
        {
            null => true,
            INamedTypeSymbol type => IsCryptography(type),
            IMethodSymbol { ContainingType: var type } => IsCryptography(type),
            _ => false,
        };

    private static bool IsCryptography(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Error || type.ContainingNamespace.ToDisplayString() == "System.Security.Cryptography";
}
