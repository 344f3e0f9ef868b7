using System.Text;
using LoopBus.Contracts.Acts;
using LoopBus.Testing;

namespace LoopBus.Contracts.Tests;

public sealed class When_the_vocabulary_changes
{
    [Fact]
    public void Should_be_seen_in_the_approved_surface()
    {
        var text = new StringBuilder("# Acts\n");
        foreach (var act in Vocabulary.Acts)
            text.Append($"{Performative.Of(act)}: {act.Name.Split('`')[0]}({Vocabulary.Describe(act)})\n");

        text.Append("\n# Contents\n");
        foreach (var content in Vocabulary.Contents)
            text.Append($"{content.Namespace!["LoopBus.Contracts.".Length..]}.{content.Name}({Vocabulary.Describe(content)})\n");

        text.Append("\n# Words\n");
        foreach (var words in Vocabulary.Enums)
            text.Append($"{words.FullName!["LoopBus.Contracts.".Length..]}: {string.Join(", ", words.GetEnumNames())}\n");

        ApprovedText.Check("vocabulary", text.ToString());
    }

    [Fact]
    public void Should_be_seen_in_the_approved_protocols()
    {
        var text = new StringBuilder();
        foreach (var protocol in Protocols.All)
        {
            text.Append($"# {protocol.Name} ({protocol.Source})\n");
            foreach (var row in protocol.Transitions)
                text.Append($"{row.From} --{row.By} {row.Performative}--> {row.To}\n");
            text.Append('\n');
        }

        ApprovedText.Check("protocols", text.ToString());
    }

    [Fact]
    public void Should_have_the_22_acts_and_the_13_parameters_of_FIPA()
    {
        Vocabulary.Acts.Count.ShouldBe(22);
        Performative.All.Count.ShouldBe(22);
        AclParameter.All.Distinct().Count().ShouldBe(13);
        Performative.Of(typeof(Request<string>)).ShouldBe("request");
        Performative.Of(typeof(CallForProposal<>)).ShouldBe("cfp");
        Performative.Of(typeof(string)).ShouldBeNull();
        Performative.Of(typeof(List<string>)).ShouldBeNull();
    }

    [Fact]
    public void Should_name_only_acts_of_FIPA_in_protocols()
    {
        Protocols.All.SelectMany(protocol => protocol.Transitions).Select(row => row.Performative).ShouldBeSubsetOf(Performative.All);
    }
}
