using Microsoft.CodeAnalysis;

namespace LoopBus.Executor.Tools.Review.Rules.Api;

/// <summary>
/// One public member as callers see it. Overloads share Type and Name. A caller needs the same Signature, all that was offered (accessors, defaults, overriding),
/// and no new demand (sealed, required). Shown is for people; a finding cites the lines of Where.
/// </summary>
internal sealed record ApiMember(string Type, string Name, string Signature, string Shown, SyntaxNode Node, TextSpanOf Where)
{
    public IReadOnlyCollection<string> Offers { get; init; } = [];

    public IReadOnlyCollection<string> Demands { get; init; } = [];

    public bool IsObsolete { get; init; }

    /// <summary>Whether every implementer must have it: an interface's or an abstract member without a body.</summary>
    public bool MustBeImplemented { get; init; }

    public bool Serves(ApiMember old) =>
        Type == old.Type
        && Name == old.Name
        && Signature == old.Signature
        && old.Offers.All(Offers.Contains)
        && Demands.All(old.Demands.Contains);
}
