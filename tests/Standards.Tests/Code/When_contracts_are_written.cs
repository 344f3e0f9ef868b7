using System.Reflection;

namespace LoopBus.Standards.Tests.Code;

public sealed class When_contracts_are_written
{
    private static readonly string[] Acts =
    [
        "AcceptProposal", "Agree", "CallForProposal", "Cancel", "Confirm", "Disconfirm", "Failure", "Inform", "InformIf", "InformRef",
        "NotUnderstood", "Propagate", "Propose", "Proxy", "QueryIf", "QueryRef", "Refuse", "RejectProposal", "Request", "RequestWhen",
        "RequestWhenever", "Subscribe",
    ];

    [Fact]
    public void Should_have_the_22_acts_of_fipa_and_no_other()
    {
        var found = House.TypesOf(House.Contracts)
            .Where(type => type.IsGenericTypeDefinition && type.Namespace == "LoopBus.Contracts.Acts" && House.IsRecord(type))
            .Select(type => type.Name.Split('`')[0])
            .Order(StringComparer.Ordinal);

        found.ToArray().ShouldBe(Acts, "The vocabulary is FIPA's: a message is one of its 22 acts over a content record.");
    }

    [Fact]
    public void Should_be_public_sealed_records()
    {
        Sources.Agree(
            from type in House.TypesOf(House.Contracts)
            where type is { IsNested: false, IsEnum: false } && !House.IsStatic(type) && !typeof(Delegate).IsAssignableFrom(type)
            where !type.Namespace!.EndsWith(".Acts", StringComparison.Ordinal)
            where !type.IsPublic || !type.IsSealed || !House.IsRecord(type)
            select type.FullName!,
            "A contract is a value that travels: a public sealed record (or an enum).");
    }

    [Fact]
    public void Should_not_change_once_made()
    {
        Sources.Agree(
            from type in House.TypesOf(House.Contracts)
            where House.IsRecord(type)
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where property.SetMethod is { } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit")
            select $"{type.FullName}.{property.Name}",
            "What was said stays said: contract properties are init-only.");
    }
}
